"""Papers at the desk: made into a folder whose path is said, acknowledged as read, and what none of them may hold."""
