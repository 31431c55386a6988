"""A made-up force: a whole history of people, places, numbers and incidents, from a seed. Nobody in it is real."""
