"""Two records of people weighed by all that is known of both: names, birth, home, telephone; and likely pairs of a table."""
