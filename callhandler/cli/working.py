"""A line on the error stream that says what a long job is at, so that what is printed stays clean."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def working() -> Iterator[Callable[[str], None]]:
    """Say what is done now; nothing is shown where nobody looks."""
    from rich.console import Console

    with Console(stderr=True).status("Reading") as status:
        yield status.update
