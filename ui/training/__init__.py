"""An exercise on the screens of the live desk: who is on the line, and what is said."""
