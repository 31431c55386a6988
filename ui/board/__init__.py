"""The board as a page of its own: every open incident, for handlers, dispatchers and supervisors."""
