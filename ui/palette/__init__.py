"""Every action by words."""
