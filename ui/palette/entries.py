"""What the palette lists, and which of it words find."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence

from ui.models.rows import Row


@dataclass(frozen=True)
class ActionRow(Row):
    """An action: its name, its group, its key, and why it cannot be done now; empty when it can."""

    name: str
    group: str
    keys: str
    why_not: str


Groups = list[tuple[str, list[QAction]]]


def keys_of(action: QAction) -> str:
    """An action's keys as people read them."""
    if said := action.property("keys"):
        return str(said)
    return ", ".join(s.toString(QKeySequence.SequenceFormat.NativeText) for s in action.shortcuts())


def entries(groups: Groups, why_not: Callable[[QAction], str]) -> list[tuple[ActionRow, QAction]]:
    """Every action as a row."""
    found = []
    for number, (group, actions) in enumerate(groups):
        for place, action in enumerate(actions):
            name, keys, why = action.text(), keys_of(action), why_not(action)
            spoken = ", ".join(filter(None, (name, keys, why)))
            found.append((ActionRow(f"{number}:{place}", spoken, why, name, group, keys, why), action))
    return found


def matching(rows: Iterable[tuple[ActionRow, QAction]], words: str) -> list[tuple[ActionRow, QAction]]:
    """The rows in which every word is found, in any order; those whose name begins with one come first."""
    wanted = words.casefold().split()
    if not wanted:
        return list(rows)
    scored = [(rank, row) for row in rows if (rank := _rank(row[0], wanted)) is not None]
    return [row for _rank_, row in sorted(scored, key=lambda pair: pair[0])]


def _rank(row: ActionRow, wanted: list[str]) -> int | None:
    name = row.name.casefold()
    whole = f"{name} {row.group.casefold()} {row.keys.casefold()} {row.keys.casefold().replace('+', ' ')}"
    if not all(word in whole or _scattered(word, name) for word in wanted):
        return None
    if " ".join(wanted) in name:
        return int(bool(row.why_not))
    starts = all(any(part.startswith(word) for part in name.split()) for word in wanted)
    # What can be done now stands before what cannot, where both fit equally well.
    return (2 if starts else 4 if all(word in whole for word in wanted) else 6) + bool(row.why_not)


def _scattered(word: str, name: str) -> bool:
    """Whether the letters come in this order: forgives one left out. Two letters alone would find everything."""
    letters = iter(name)
    return len(word) >= 4 and all(letter in letters for letter in word)
