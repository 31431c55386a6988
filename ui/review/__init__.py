"""The supervisor's page: what waits to be agreed, kept or taken over."""
