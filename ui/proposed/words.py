"""What is said of two records that may be of one person: each side in words, what joining would bring, and what is empty."""

from collections.abc import Iterable
from dataclasses import dataclass

from callhandler.model.proposed import Tally, Together, Which, WouldBring
from callhandler.policy.entries import Grade
from callhandler.services.linking.judging import Look, Side
from ui.common import words
from ui.common.words import tr
from ui.search.words import parts

TOGETHER = 3
"""So many incidents in which both stand are told one by one."""


@dataclass(frozen=True)
class Compared:
    """One heading with the lines of either record; `both` are the lines that stand at both."""

    heading: str
    tone: str
    first: tuple[str, ...]
    second: tuple[str, ...]

    @property
    def both(self) -> frozenset[str]:
        """What is the same at both."""
        return frozenset(self.first) & frozenset(self.second)


def which_names() -> dict[Which, str]:
    """The filters in words."""
    return {
        Which.ALL: tr("All"),
        Which.STRONG: tr("Strong"),
        Which.WEAKER: tr("Weaker"),
        Which.OPEN: tr("In an open incident"),
        Which.ORDER: tr("With an order"),
    }


def compared(look: Look) -> list[Compared]:
    """The two records under the same headings; a heading under which neither has anything is left out."""
    one, other = look.a, look.b
    several = len(one.names) > 1 or len(other.names) > 1
    found = [
        # One name each stands in the head already.
        Compared(tr("Names"), "accent", one.names if several else (), other.names if several else ()),
        Compared(tr("Incidents"), "accent", tally_lines(one.tally), tally_lines(other.tally)),
    ]
    theirs = zip(parts(one.opened, whose=False), parts(other.opened, whose=False), strict=True)
    for (heading, tone, ones), (_, _, others) in theirs:
        found.append(Compared(heading, tone, tuple(dict.fromkeys(ones)), tuple(dict.fromkeys(others))))
    return [each for each in found if each.first or each.second]


def side_title(side: Side) -> str:
    """Which record it is, and how many others are read as one with it already."""
    also = (
        tr(" and {others} judged to be the same").format(
            others=words.counted(side.also, tr("other record"), tr("other records"))
        )
        if side.also
        else ""
    )
    return tr("Record {n}{also}").format(n=side.record, also=also)


def tally_lines(tally: Tally) -> tuple[str, ...]:
    """In how many incidents, from when to when, and as what: none recorded is not the same as none."""
    if not tally.incidents or tally.first is None or tally.last is None:
        return (tr("in no incident that is recorded here"),)
    first, last = tally.first.spoken_day(), tally.last.spoken_day()
    many = words.counted(tally.incidents, tr("incident"), tr("incidents"))
    span = first if first == last else tr("{first} to {last}").format(first=first, last=last)
    by_part = ", ".join(f"{words.role(role).lower()} {n}" for role, n in tally.parts)
    return (f"{many}, {span}", tr("as {parts}").format(parts=by_part))


def together_lines(look: Look) -> list[str]:
    """What stands between the two: an order, a tie, and the newest incidents in which both have a part."""
    ones, others = (side.opened.picture.records_of(side.record) for side in (look.a, look.b))
    sides = ((ones, others), (others, ones))
    found = [
        tr("an order protects one of them from the other: {order}").format(order=o.name)
        for o in look.a.opened.orders
        if any(o.order.protected_id in hers and o.order.respondent_id in his for hers, his in sides)
    ]
    ties = [t for t in look.a.opened.picture.person_ties if any(t.a in x and t.b in y for x, y in sides)]
    if ties and not look.read_as_one:
        told = dict.fromkeys(words.relation(tie.relation, True) for tie in ties)
        found.append(tr("recorded as two people who are related: {how}").format(how=", ".join(told)))
    found += [_together(each) for each in look.together[:TOGETHER]]
    more = len(look.together) - min(len(look.together), TOGETHER)
    if more:
        many = words.counted(more, tr("more incident"), tr("more incidents"))
        found.append(tr("both stand in {more} as well").format(more=many))
    return found


def _together(each: Together) -> str:
    ones, others = (", ".join(words.role(r).lower() for r in roles) for roles in (each.a, each.b))
    return tr("both stand in {reference}, {when}: the first is {ones}, the second {others}").format(
        reference=_number(each.reference), when=each.opened.spoken_day(), ones=ones, others=others
    )


def joining_lines(look: Look, grades: tuple[Grade, ...]) -> list[tuple[str, str]]:
    """What joining would bring, line by line with its tone."""
    if look.judged is not None:
        return []
    if look.read_as_one:
        return [
            (tr("Other judgements read the two as one already; this one would only confirm it."), "muted")
        ]
    both = look.a.tally.incidents + look.b.tally.incidents - len(look.together)
    found = [
        (
            tr("What is known of either is known of both: {incidents} in all.").format(
                incidents=words.counted(both, tr("incident"), tr("incidents"))
            ),
            "text",
        )
    ]
    for side, name in ((look.a, tr("first")), (look.b, tr("second"))):
        live = [o.name for o in side.opened.orders if o.live_for_risk]
        if live:
            said = tr("Orders of the {name} record that are live count for the other too: {orders}.")
            found.append((said.format(name=name, orders=", ".join(dict.fromkeys(live))), "serious"))
    opens = [each.reference for each in look.would_bring]
    found += [_bring(each, grades, opens) for each in look.would_bring]
    if look.more_open:
        more = words.counted(look.more_open, tr("open incident"), tr("open incidents"))
        found.append((tr("{more} more of theirs would be judged anew.").format(more=more), "text"))
    return found


def _bring(each: WouldBring, grades: tuple[Grade, ...], opens: list[str]) -> tuple[str, str]:
    number = _number(each.reference, opens)
    if each.refused:
        said = tr("{number}, open: cannot be joined from here, {why}. O opens it; judge it there.")
        return said.format(number=number, why=each.refused), "serious"
    if not each.warnings:
        return tr("{number}, open: no warning comes by it.").format(number=number), "text"
    rises = ""
    if each.floor_after < each.floor_before:
        name = next((g.name for g in grades if g.rank == each.floor_after), "")
        rises = tr(" Its floor becomes {grade}.").format(grade=name) if name else ""
    said = tr("{number}, open, would be warned of: {warnings}.{rises}")
    return said.format(
        number=number, warnings="; ".join(w.rstrip(".") for w in each.warnings), rises=rises
    ), "serious"


def counted_words(shown: int, counted: int | None) -> str:
    """How much of the list is shown."""
    if counted is None:
        return ""
    if shown >= counted:
        return tr("all {n:,}, strongest first").format(n=counted) if counted else ""
    return tr("showing {shown:,} of {n:,}, strongest first").format(shown=shown, n=counted)


def empty_words(which: Which | None, runs: int | None) -> str:
    """Why nothing is listed, and how proposals come about. `which` is None for what was judged; `runs` while not read."""
    if runs is None:
        return tr("Reading …")
    if which is None:
        return tr("Nothing that was proposed has been judged yet.")
    if not runs:
        return tr(
            "Nobody has looked through this history for people who stand in it twice. An administrator does so with the "
            "command callhandler link-records; what it proposes is then listed here, each pair with why. It joins nothing: "
            "each pair waits for somebody who judges it. Ctrl+F1 tells more, under People who stand twice."
        )
    if which is Which.ALL:
        return tr(
            "Nothing waits: every pair that was proposed is judged. What was judged is one step to the left. "
            "The command callhandler link-records looks again."
        )
    return tr("No pair that waits is of this kind. The arrow to the left goes back towards all of them.")


def _number(reference: str, among: Iterable[str] = ()) -> str:
    return words.short_reference(reference, among) or tr("an incident")
