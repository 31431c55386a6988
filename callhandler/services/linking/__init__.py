"""Linking a whole history: people who stand in it twice are proposed, and each proposal waits for somebody to accept it."""
