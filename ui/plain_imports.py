"""Brings in Qt and keeps Python's own import.

PySide6 puts an import of its own in the place of Python's, for the names of `__feature__`, which nothing here uses. It
reads the source of every module that is imported later and keeps it: some 24 MiB and a tenth of a second.
"""

import builtins


def import_qt() -> None:
    """Import Qt as the first of all that needs it."""
    own = builtins.__import__
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = own
