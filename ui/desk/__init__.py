"""The live desk: one incident at a time, everything about it, and the acts on it."""
