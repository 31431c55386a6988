"""One search over everything held, as one types."""
