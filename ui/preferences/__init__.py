"""What each person prefers, and what this program is."""
