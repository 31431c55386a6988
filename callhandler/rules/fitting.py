"""How well a text fits what was looked for, and where in it that stands."""

from callhandler.model.search import Term, Terms
from callhandler.model.words import words_of, words_with_places

AROUND = 70
"""Letters shown before the first word that was looked for."""
LONGEST = 220
"""Letters of a text that are shown."""
NOT = 9
"""No fit."""


def fit(text: str, terms: Terms) -> int:
    """How well: 0 the words stand side by side in order, 1 all of them whole, 3 one only begins so; `NOT` otherwise."""
    words = words_of(text)
    known = set(words)
    rank = 1 if terms else NOT
    for term in terms:
        if len(term.words) == 1 and term.words[0] in known:
            continue
        if _places(words, Term(term.words)):
            continue
        if not (term.begins and _places(words, term)):
            return NOT
        rank = 3
    if rank == 1 and _places(words, Term(tuple(w for t in terms for w in t.words))):
        return 0
    return rank


def marks_in(text: str, terms: Terms) -> tuple[tuple[int, int], ...]:
    """Where in a text what was looked for stands, in order, none within another."""
    placed = list(words_with_places(text))
    words = [word for word, _, _ in placed]
    found = sorted(
        (placed[at][1], placed[at + len(term.words) - 1][2]) for term in terms for at in _places(words, term)
    )
    kept: list[tuple[int, int]] = []
    for start, end in found:
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return tuple(kept)


def snippet(text: str, terms: Terms) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The words around the first place where what was looked for stands, cut at words, with the places in them marked."""
    marks = marks_in(text, terms)
    start = 0
    if marks and marks[0][1] > LONGEST - AROUND:
        start = text.find(" ", marks[0][0] - AROUND) + 1 or marks[0][0]
    end = len(text)
    if end - start > LONGEST:
        end = max(text.rfind(" ", start, start + LONGEST), start + LONGEST // 2)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    inside = tuple((a + shift, b + shift) for a, b in marks if a >= start and b <= end)
    return f"{before}{text[start:end]}{after}", inside


def _places(words: list[str], term: Term) -> list[int]:
    """Where in a row of words a term stands."""
    many, last = len(term.words), term.words[-1]
    if many == 1:
        return [i for i, word in enumerate(words) if word == last or (term.begins and word.startswith(last))]
    return [
        i
        for i in range(len(words) - many + 1)
        if words[i] == term.words[0]
        and tuple(words[i : i + many - 1]) == term.words[:-1]
        and (words[i + many - 1].startswith(last) if term.begins else words[i + many - 1] == last)
    ]
