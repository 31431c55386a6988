"""Reviewing decisions: the queue, what the handler saw then, a second grade, the outcome, what the handler is told."""

from callhandler.services.reviews.service import Reviews

__all__ = ["Reviews"]
