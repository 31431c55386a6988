"""The only place that knows SQL. It keeps and returns; it never decides."""
