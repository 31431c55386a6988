"""A ringing telephone: how it reaches the one window, how it is shown, and where an unanswered call waits."""
