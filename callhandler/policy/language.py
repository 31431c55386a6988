"""How people say and type things: what word suggestions need besides the words of each indicator."""

from pydantic import Field

from callhandler.policy.entry import Entry


class Language(Entry):
    """Short forms, irregular forms, classes of words, and the phrases that say "not", "once", "perhaps" and "of another".

    `classes`: in the words of an indicator, the name of a class stands for all its members. `small`: words that count
    nowhere; `light`: those that count in an indicator's words and are stepped over in a line; `through`: those that a denial
    reaches across. `not_meant`: phrases in which a word means something else. `plain`: words that are no slip for another.
    Every list may be empty: a policy kept before this file existed has none, and offers fewer suggestions.
    """

    reference: str = ""
    short: dict[str, str] = Field(default_factory=dict)
    forms: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    classes: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    small: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    negators: tuple[str, ...] = ()
    negated_after: tuple[str, ...] = ()
    not_negating: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    feared: tuple[str, ...] = ()
    third: tuple[str, ...] = ()
    reported: tuple[str, ...] = ()
    not_meant: tuple[str, ...] = ()
    plain: str = ""
