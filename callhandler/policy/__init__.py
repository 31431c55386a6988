"""Policy as data: what people can read and change without touching code, checked strictly and named by its digest."""
