"""Writes the help page of keys from the actions themselves."""

from collections.abc import Iterable

from PySide6.QtGui import QAction

from ui.palette.entries import keys_of

HEAD = """# The keys

This page is made from the program's own actions. In the window, `F12` shows the same list and `Ctrl+K` finds any action by
its words and says why one cannot be done now. Grades are those of the national scheme.
"""


def keys_markdown(groups: Iterable[tuple[str, list[QAction]]]) -> str:
    """The page, from groups of actions."""
    parts = [HEAD]
    for heading, actions in groups:
        parts.append(f"\n## {heading}\n\n| key | what |\n|---|---|\n")
        parts += [f"| `{keys_of(action) or 'Ctrl+K'}` | {action.text()} |\n" for action in actions]
    return "".join(parts)
