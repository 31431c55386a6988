"""What a handler is told: a supervisor's answer to a request, and feedback of a review, as a counted note that is opened."""
