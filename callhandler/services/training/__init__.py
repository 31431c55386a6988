"""Exercises: a caller who answers at a desk over a training store, what was done there, and what it is held against."""
