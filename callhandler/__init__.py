"""callhandler: what a police call handler must see, and what may not happen silently, while a call runs."""

__version__ = "0.1.0"
