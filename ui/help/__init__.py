"""The help pages, read inside the window."""
