"""What makes the entries of review safe to use: every lowering enters, nothing twice, nothing that is not there."""

from collections import Counter
from collections.abc import Iterator

from callhandler.policy.pack import Pack

Fault = tuple[str, tuple[str | int, ...], str]

NEVER_WITHOUT = {
    "lowered": "every lowering is looked at again",
    "first_below_floor": "a first grade below the floor is a lowering",
    "closed_without_contact": "a closing with nobody seen or spoken to is looked at again",
}
"""A force may have more looked at than this, never less."""


def review_faults(pack: Pack) -> Iterator[Fault]:
    """Every fault of `reviews.yaml`; none where a pack was kept before there was one."""
    if "reviews" not in pack.model_fields_set:
        return
    reviews = pack.reviews
    named = {entry.when for entry in reviews.enters}
    for word, why in NEVER_WITHOUT.items():
        if word not in named:
            yield "reviews", ("enters",), f"no entry has when: {word}; {why}"
    for key in ("enters", "missed"):
        for entry_id, times in Counter(entry.id for entry in getattr(reviews, key)).items():
            if times > 1:
                yield "reviews", (key,), f"the id {entry_id} is used {times} times"
    facts, types = {f.id for f in pack.confirmations}, {t.id for t in pack.types}
    for fact in reviews.contact_facts:
        if fact not in facts:
            yield "reviews", ("contact_facts",), f"there is no confirmation {fact}"
    for index, entry in enumerate(reviews.enters):
        for name in sorted(set(entry.rates) - types):
            yield "reviews", ("enters", index, "rates"), f"{entry.id}: there is no incident type {name}"
    yield from _missed(pack)


def _missed(pack: Pack) -> Iterator[Fault]:
    warnings = {w.id: w for w in pack.warnings}
    indicators, questions = {i.id for i in pack.indicators}, {q.id for q in pack.questions}
    for index, entry in enumerate(pack.reviews.missed):
        path = ("missed", index)
        for code in entry.warnings:
            if code not in warnings:
                yield "reviews", path, f"{entry.id}: there is no warning {code}"
            elif entry.steps > len(warnings[code].do):
                yield "reviews", path, f"{entry.id}: {code} has only {len(warnings[code].do)} steps"
        for role in sorted(set(entry.roles) - {r.id for r in pack.responses.roles}):
            yield "reviews", path, f"{entry.id}: there is no role {role}"
        if entry.when is not None:
            for name in sorted(entry.when.indicators() - indicators):
                yield "reviews", (*path, "when"), f"{entry.id}: there is no indicator {name}"
            for name in sorted(entry.when.questions() - questions):
                yield "reviews", (*path, "when"), f"{entry.id}: there is no question {name}"
