"""Whether a sentence that is filled in the middle of a call can be filled."""

import string
from collections.abc import Collection, Iterator


def filling_faults(sentence: str, known: Collection[str]) -> Iterator[str]:
    """Every fault of its braces: they may hold plain names, and only known ones."""
    try:
        parts = list(string.Formatter().parse(sentence))
    except ValueError:
        yield "the sentence has a brace too many or too few"
        return
    for _, name, form, conversion in parts:
        if name is not None and (form or conversion):
            yield f"the sentence may hold {{{name}}} and nothing more in its braces"
        elif name is not None and name not in known:
            yield f"the sentence has no value for {{{name}}}"
