"""The link graph and the genogram of an incident. Nothing of it is imported before it is first asked for."""
