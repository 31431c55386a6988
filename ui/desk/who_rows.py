"""Who rings, who is concerned and where: rows and words made once per reading, nothing decided here."""

from dataclasses import dataclass

from callhandler.model.assessment import Tier
from callhandler.model.birth import born_in_words
from callhandler.model.facts import Assessed, Reply
from callhandler.model.incident import Direction
from callhandler.model.people import Person, Relation, Role
from callhandler.model.picture import Beside, Picture
from callhandler.model.when import LONDON
from callhandler.policy.words_course import Doubt
from callhandler.rules.ages import under_18
from callhandler.rules.merged import who_waits
from callhandler.services.desk import View
from ui.common import words
from ui.common.words import short_reference, tr
from ui.desk.judged import judgement_of, parted_here, taken_by_name
from ui.models.rows import EntryRow, Row

GOING_CODE = "place-he-may-know"
USUAL = "usual"
SAFE = ("safe-to-talk", "alone")
"""The questions on which it rests whether it is safe to talk."""


@dataclass(frozen=True)
class Caller:
    """Who rings, from where, where to, and whether it is safe to talk."""

    name: str
    number: str
    at: str
    going: str
    doubtful: bool
    safe: str
    safe_tone: str = "text"
    speaks: str = ""
    network: str = ""
    in_doubt: bool = False


def caller_of(view: View) -> Caller:
    """The newest caller of the incident."""
    picture = view.picture
    inbound = [c for c in picture.calls if c.incident_id == picture.here and c.direction is Direction.IN]
    callers = [
        p.person_id for p in picture.parties if p.incident_id == picture.here and p.role is Role.CALLER
    ]
    speaker = inbound[-1].speaker if inbound and inbound[-1].speaker else ""
    numbers = {n.id: n for n in picture.numbers}
    last = numbers.get(inbound[-1].number_id or -1) if inbound else None
    given = words.number(last.e164) if last else tr("number withheld")
    going = going_to(view)
    return Caller(
        name=_caller_called(picture, speaker, callers[-1] if callers else None),
        number=tr("{number} · {nth} call").format(number=given, nth=words.ordinal(max(1, len(inbound)))),
        at=now_at(view),
        going=going or tr("not told"),
        doubtful=bool(going) and any(w.code == GOING_CODE for w in view.assessment.standing),
        safe=answer_to(view, *SAFE),
        safe_tone=safe_tone(view),
        speaks=speaks(view),
        network=network(view),
        in_doubt=bool(view.where.findings),
    )


def _caller_called(picture: Picture, speaker: str, caller: int | None) -> str:
    """As the call names her; where that is another record's name of somebody known here, her name with it."""
    person = picture.person(caller)
    if person is None or not speaker:
        return speaker or (person.name if person else tr("Caller not named"))
    told = speaker.casefold() in {name.casefold() for name in person.also}
    return tr("{name}, told as {told}").format(name=person.name, told=speaker) if told else speaker


def speaks(view: View) -> str:
    """How the caller speaks in this call; else how it was the last time; empty when nothing else was ever said."""
    told = view.speaking
    if told.now is not None:
        return told.now.name
    if told.before is not None and told.before.id != USUAL:
        return tr("last time: {name}").format(name=told.before.name)
    return ""


def network(view: View) -> str:
    """Where the network has the call, and every doubt about the place; empty when neither is known."""
    doubts = [f.words for f in view.where.findings if f.doubt is not Doubt.NO_PLACE]
    return " · ".join(filter(None, (view.where.fix_spoken, *doubts)))


def people_rows(view: View) -> list[Row]:
    """Those with a role in this incident, then those known from its history."""
    picture = view.picture
    roles: dict[int, list[Role]] = {}
    for party in picture.parties:
        if party.incident_id == picture.here:
            roles.setdefault(party.person_id, []).append(party.role)
    order = (Role.CALLER, Role.AT_RISK, Role.SUSPECT, Role.CHILD, Role.WITNESS, Role.REPORTER)
    here = sorted(roles, key=lambda p: min(order.index(r) for r in roles[p]))
    rows: list[Row] = [_person(view, p, roles[p]) for p in here]
    rows += [_person(view, p.id, []) for p in picture.people if p.id not in roles]
    return rows


def _person(view: View, person_id: int, roles: list[Role]) -> EntryRow:
    picture = view.picture
    person = picture.person(person_id)
    born = _born(picture, person) if person and person.born else ""
    said = [tr("also {names}").format(names=", ".join(person.also))] if person and person.also else []
    said += [words.role(r) for r in roles if r is not Role.CALLER or len(roles) == 1]
    # Before what is longer: the row is narrow, and Delete rests on it.
    said += [tr("taken by the name alone")] if roles and taken_by_name(view, f"person:{person_id}") else []
    if Role.SUSPECT in roles:
        sought = view.clocks.suspect_state
        said.append(tr("not looked for") if sought is None else tr("search: ") + words.state(sought).lower())
    elif person_id in {p.person_id for p in picture.parties if p.role is Role.SUSPECT}:
        said.append(tr("suspect in earlier incidents"))
    if any(o.standing.live_for_risk and o.standing.order.respondent_id == person_id for o in view.orders):
        said.append(tr("bound by an order"))
    said += _relation(picture, person_id) if Role.CALLER not in roles else []
    said += _assessed(picture, person_id) if Role.SUSPECT not in roles else []
    shape, tone = "plain", "muted"
    if Role.SUSPECT in roles:
        shape, tone = "critical", "critical"
    elif {Role.AT_RISK, Role.CHILD} & set(roles):
        shape, tone = "note", "serious"
    elif roles:
        shape, tone = "note", "accent"
    sub = " · ".join(said)
    title = f"{picture.name_of(person_id)}{born}"
    spoken = f"{title}: {sub}" if sub else title
    tip = f"{title}\n{sub}"
    key = f"person:{person_id}"
    if roles and taken_by_name(view, key):
        spoken += tr(". Delete: it is somebody else of that name")
        tip += "\n" + tr("Delete: it is somebody else of that name.")
    elif person and (person.also or judgement_of(view, key)):
        spoken += tr(". Delete undoes that they are one")
        tip += "\n" + tr("Delete undoes that they are one.")
    elif parted_here(view, key) is not None:
        spoken += tr(". Delete: it is the one on record after all")
        tip += "\n" + tr("Delete: it is the one on record after all.")
    elif Role.CALLER in roles:
        spoken += tr(". Delete: the caller is somebody else")
        tip += "\n" + tr("Delete: the caller is somebody else.")
    return EntryRow(key, spoken, tip, shape, tone, title, sub)


def _born(picture: Picture, person: Person) -> str:
    """That a date of birth makes a child, which is never cut off; the date; another that was told since."""
    said = [tr("under 18")] if under_18(person, picture.as_of.astimezone(LONDON).date()) else []
    said.append(born_in_words(person.born))
    if person.also_born:
        said.append(tr("also told {born}").format(born=born_in_words(person.also_born)))
    return " · " + ", ".join(said)


def _relation(picture: Picture, person_id: int) -> list[str]:
    """What this person is to the caller, or else to somebody at risk here; nothing when that is not known."""
    for other in picture.with_role(Role.CALLER, Role.AT_RISK):
        # The newest is what they are now: once a partner, then a former one.
        for tie in sorted(picture.person_ties, key=lambda t: (t.known.at, t.id), reverse=True):
            if {tie.a, tie.b} == {person_id, other} and tie.relation is not Relation.OTHER:
                said = words.relation(tie.relation, tie.a == person_id)
                return [tr("{relation} of {name}").format(relation=said, name=picture.name_of(other))]
    return []


def _assessed(picture: Picture, person_id: int) -> list[str]:
    own = [a for a in picture.risk_assessments if a.person_id == person_id]
    if not own:
        return []
    with_her = sum(1 for a in own if a.done is Assessed.WITH_HER)
    return [tr("risk assessed with her {some} of {all} times").format(some=with_her, all=len(own))]


def place_now_id(view: View) -> int | None:
    """The place where the person at risk is now."""
    picture = view.picture
    moves = [m.place_id for m in picture.moves if m.kind == "at"]
    return moves[-1] if moves else picture.incident.place_id if picture.incident else None


def place_next_id(view: View) -> int | None:
    """The place where the person at risk is going, if that was told last."""
    moves = view.picture.moves
    return moves[-1].place_id if moves and moves[-1].kind == "going_to" else None


def now_at(view: View) -> str:
    """Where the person at risk is now."""
    place = view.picture.place(place_now_id(view))
    return place.label if place else tr("not known")


def going_to(view: View) -> str:
    """Where the person at risk is going, if that was told last."""
    place = view.picture.place(place_next_id(view))
    return place.label if place else ""


def place_rows(view: View) -> list[Row]:
    """The places of the picture, with what is marked on each."""
    picture = view.picture
    here, going = place_now_id(view), place_next_id(view)
    merged = [b for b in picture.beside if b.moves]
    doubtful = any(w.code == GOING_CODE for w in view.assessment.standing)
    rows: list[Row] = []
    for place in picture.places:
        notes = []
        if place.id == here:
            notes.append(tr("Now here"))
        if place.id == going:
            notes.append(tr("Going here; he may know it") if doubtful else tr("Going here"))
        notes += [_merged_move(view, b) for b in merged if b.moves[-1].place_id == place.id]
        if place.also:
            notes.append(tr("also {names}").format(names=", ".join(place.also)))
        held = sum(1 for i in picture.linked if i.place_id == place.id)
        if held:
            notes.append(words.counted(held, tr("incident held"), tr("incidents held")))
        marked = [m for m in picture.markers if m.subject == "place" and m.subject_id == place.id]
        if marked:
            notes.append(tr("marker ") + marked[-1].since.spoken_day())
        worried = place.id == going and doubtful
        shape, tone = (
            ("serious", "serious") if worried else ("note" if place.id == here else "plain", "accent")
        )
        sub = ", ".join(notes) or place.address
        tip = "\n".join([place.label, place.address, *notes, *[m.text for m in marked]])
        spoken = f"{place.label}: {sub}" if sub else place.label
        if place.also:
            spoken += tr(". Delete undoes that they are one")
            tip += "\n" + tr("Delete undoes that they are one.")
        rows.append(
            EntryRow(
                f"place:{place.id}",
                spoken,
                tip,
                shape,
                tone,
                place.label,
                sub,
                "serious" if worried else "muted",
            )
        )
    rows.sort(key=lambda r: (r.key != f"place:{going}", r.key != f"place:{here}"))
    return rows


def _merged_move(view: View, other: Beside) -> str:
    """Where whoever waits in an incident merged into this one was last told to be, or to be going."""
    picture, move = view.picture, other.moves[-1]
    names = ", ".join(picture.name_of(p) for p in sorted(who_waits(picture, other.incident.id)))
    said = (
        tr("{names} now here, from {reference}")
        if move.kind == "at"
        else tr("{names} going here, from {reference}")
    )
    reference = short_reference(
        other.incident.reference, [picture.incident.reference] if picture.incident else ()
    )
    return said.format(names=names or tr("the caller"), reference=reference)


def safe_tone(view: View) -> str:
    """How whether it is safe to talk stands out: quiet while nothing makes it matter, so that amber means something.

    The type and what is told make it matter by the policy, which then asks; the history does by an order in force, a
    warning above a note, or an earlier report in which somebody here was at risk. Not asked, not known, later and declined
    are no yes.
    """
    found = {a.question.id: a.answer.reply for a in view.questions if a.question.id in SAFE and a.answer}
    if Reply.NO in found.values():
        return "serious"
    if found.get(SAFE[0]) is Reply.YES or (Reply.YES in found.values() and SAFE[0] not in found):
        return "text"
    asks = any(a.question.id in SAFE for a in view.questions)
    return "serious" if asks or _history_matters(view) else "text" if found else "muted"


def _history_matters(view: View) -> bool:
    picture = view.picture
    here = {p.person_id for p in picture.parties if p.incident_id == picture.here}
    return (
        any(w.tier is not Tier.NOTE for w in view.assessment.standing)
        or any(o.standing.live_for_risk and not o.of_others for o in view.orders)
        or any(
            p.person_id in here and p.role is Role.AT_RISK and p.incident_id != picture.here
            for p in picture.parties
        )
    )


def reply_words(reply: Reply) -> str:
    """A reply in words."""
    return {
        Reply.YES: tr("Yes"),
        Reply.NO: tr("No"),
        Reply.NOT_KNOWN: tr("Not known"),
        Reply.LATER: tr("Later"),
        Reply.DECLINED: tr("Declined"),
    }[reply]


def answer_to(view: View, *questions: str) -> str:
    """The newest answers to some questions, in words; not asked is said as such."""
    found = [a.answer for a in view.questions if a.question.id in questions and a.answer]
    return ", ".join(reply_words(a.reply) for a in found) if found else tr("not asked")
