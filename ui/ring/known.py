"""What the store knows of a caller while the telephone still rings."""

from callhandler.app import App
from callhandler.intake.ring import Ring, RingOutcome
from callhandler.model.actor import Actor
from callhandler.model.incident import CallOutcome
from callhandler.model.location import FixKind, Located
from callhandler.model.picture import Picture
from callhandler.rules.identify import e164, folded
from callhandler.rules.identify.users import users_of_number
from callhandler.services.calls import CallIn
from ui.common.words import tr
from ui.ring.ringing import Known

PURPOSE = "a call rings"
TELEPHONE = "telephone system"
HIGH = "high"


def call_of(ring: Ring) -> CallIn:
    """A ring as the call that is taken from it."""
    outcome = {
        RingOutcome.SILENT: CallOutcome.SILENT,
        RingOutcome.ABANDONED: CallOutcome.ABANDONED,
    }.get(ring.outcome, CallOutcome.ANSWERED)
    located = ring.located
    if located is None and ring.place:
        located = Located(FixKind.TELEPHONE, address=ring.place, at=ring.at, source=TELEPHONE)
    # What came with the ring was said by nobody yet.
    return CallIn(
        number=ring.number,
        outcome=outcome,
        name=ring.name,
        place=ring.place or (located.address if located else ""),
        located=located,
        place_said=False,
    )


def known_of(app: App, actor: Actor, ring: Ring) -> Known:
    """Who rings, which live incident it belongs to, and a word of risk. For the read lane: it reads the store.

    That these records were opened is recorded, as it is for every look-up.
    """
    form = e164(ring.number)
    if not (form or ring.name or ring.place):
        return Known()
    join = app.calls.offer(actor, call_of(ring))
    live = join.incident.reference.partition(" · ")[0] if join else ""
    if not (form or ring.name):
        return Known(live=live)
    picture = app.lookup.picture(actor, PURPOSE, number=form, name=ring.name)
    people = _callers(picture, form, ring.name)
    who = _who(picture, people) or _may_be(app, actor, ring.name)
    return Known(who, live, _marker(picture, people))


def _may_be(app: App, actor: Actor, name: str) -> str:
    """Where nobody goes by the very name: whom it may mean. Possible is said as possible, and opens no history."""
    if not name.strip():
        return ""
    found = app.lookup.possible(actor, PURPOSE, name=name).people
    if not found.candidates:
        return ""
    first = found.candidates[0]
    return tr("may be {name}: {why}").format(name=found.names[first.id], why=first.reasons)


def _callers(picture: Picture, form: str, name: str) -> list[int]:
    """Who it may be: whoever goes by the name that was given, or else whoever uses the number."""
    told = folded(name) if name else ""
    named = [p.id for p in picture.people if told and p.named and told in map(folded, (p.name, *p.also))]
    numbers = [n.id for n in picture.numbers if n.e164 == form]
    return named or [user.id for number in numbers for user in users_of_number(picture, number)]


def _who(picture: Picture, people: list[int]) -> str:
    if len(people) > 2:
        return tr("one of {n} people who use this number").format(n=len(people))
    return tr(" or ").join(picture.name_of(p) for p in people)


def _marker(picture: Picture, people: list[int]) -> str:
    """One word at most; it is there to be seen, the history says the rest."""
    level = {
        a.person_id: a.level for a in sorted(picture.risk_assessments, key=lambda a: a.known_at) if a.level
    }
    if any(level.get(p) == HIGH for p in people):
        return tr("High risk")
    homes = {t.place_id for t in picture.place_ties if t.person_id in people}
    marked = any(
        m.subject_id in (people if m.subject == "person" else homes if m.subject == "place" else ())
        for m in picture.markers
    )
    return tr("Marker") if marked else ""
