"""An exercise, judged by pure functions: what a caller answers, and how what was done lies to what could be known."""
