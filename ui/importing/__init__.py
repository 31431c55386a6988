"""Bringing a force's own history in, at the window: for administrators, made when it is first asked for."""
