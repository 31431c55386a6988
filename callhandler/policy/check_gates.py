"""What makes a gate table safe: every act has its row in every case it can come to, none weaker than the least; contacts."""

from collections import Counter
from collections.abc import Iterator

from callhandler.model.assessment import Act, Gate
from callhandler.policy.check_orders import Fault
from callhandler.policy.gates import APPLIES, CASES, Case, Choice, least, stricter
from callhandler.policy.pack import Pack


def gate_faults(pack: Pack) -> Iterator[Fault]:
    """Every fault of the gate table and of the choices of a rationale."""
    yield from _rows(pack)
    for name in ("grounds", "said_by", "how_checked"):
        choices = getattr(pack.gates, name)
        for choice_id, times in Counter(choice.id for choice in choices).items():
            if times > 1:
                last = max(i for i, choice in enumerate(choices) if choice.id == choice_id)
                yield "gates", (name, last, "id"), f"the id {choice_id} is used {times} times"
    if not any(ground.accepted for ground in pack.gates.grounds):
        yield "gates", ("grounds",), "no ground is accepted; nothing could ever be lowered"


def _rows(pack: Pack) -> Iterator[Fault]:
    written: dict[tuple[Case, Act], list[int]] = {}
    for index, row in enumerate(pack.gates.cases):
        path = ("cases", index, "gate")
        for act in row.covers:
            written.setdefault((row.case, act), []).append(index)
        if strangers := [act for act in row.covers if act not in APPLIES[row.case]]:
            yield "gates", ("cases", index, "acts"), f"{', '.join(strangers)}: never in the case {row.case}"
        if row.case == "raising" and row.gate is not Gate.NONE:
            yield "gates", path, "raising asks nothing, ever"
        wanted = stricter(*(least(row.case, act) for act in row.covers))
        if stricter(row.gate, wanted) is not row.gate:
            yield "gates", path, f"{row.case} asks for at least {wanted}; a force may ask for more"
    for case in CASES:
        times = {act: written.get((case, act), []) for act in APPLIES[case]}
        if doubled := [rows for rows in times.values() if len(rows) > 1]:
            yield (
                "gates",
                ("cases", doubled[0][-1], "case"),
                f"the case {case} is written {len(doubled[0])} times",
            )
        missing = [act for act, rows in times.items() if not rows]
        if missing:
            rest = "" if len(missing) == len(times) else f" for {', '.join(missing)}"
            yield "gates", ("cases",), f"the case {case} is missing{rest}"


def contact_faults(pack: Pack) -> Iterator[Fault]:
    """Every fault of the contact table: nothing twice, and at least one accepted choice of each."""
    for name in ("identified", "seen_by"):
        choices: tuple[Choice, ...] = getattr(pack.contacts, name)
        for choice_id, times in Counter(choice.id for choice in choices).items():
            if times > 1:
                last = max(i for i, choice in enumerate(choices) if choice.id == choice_id)
                yield "contacts", (name, last, "id"), f"the id {choice_id} is used {times} times"
        for index, choice in enumerate(choices):
            if not choice.accepted and not choice.why_not:
                yield "contacts", (name, index), f"{choice.id} is not accepted; say why in why_not"
        if not any(choice.accepted for choice in choices):
            yield "contacts", (name,), f"nothing under {name} is accepted; no contact could ever count"
    said_by, met_by = {c.id for c in pack.gates.said_by}, {c.id for c in pack.contacts.seen_by}
    facts = {c.id for c in pack.confirmations}
    for index, half in enumerate(pack.contacts.confirmed):
        for name, given, known in (
            ("fact", half.fact, facts),
            ("said_by", half.said_by, said_by),
            ("seen_by", half.seen_by, met_by),
        ):
            if given not in known:
                yield "contacts", ("confirmed", index, name), f"there is no {given}"
