"""What the forms offer to choose from: the people, places, tasks and disclosures of the open incident."""

from callhandler.model.birth import born_in_words
from callhandler.model.people import Role
from callhandler.model.picture import Picture
from callhandler.model.sameness import PERSON, SameAs, Sameness, counting
from callhandler.rules import contact, escalate, linked
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.follows_panel import key_of, kind_words
from ui.desk.order_words import at
from ui.desk.orders import by_weight


class Offers:
    """The choices that the open incident gives, read when a form is opened."""

    def __init__(self, desk: DeskController) -> None:
        self._desk = desk

    def people(self) -> list[tuple[str, str]]:
        """Everybody in the picture."""
        view = self._desk.view
        return [(f"#{p.id}", p.name) for p in view.picture.people] if view else []

    def records(self) -> list[tuple[str, str]]:
        """Every record of a person, then of a place, in the picture and beside it, each by its number."""
        view = self._desk.view
        if view is None:
            return []
        picture = view.records
        here = {p.person_id for p in picture.parties if p.incident_id == picture.here}
        everybody = sorted((*picture.people, *picture.apart.people), key=lambda p: p.id not in here)
        said = tr("{name}, record {id}")
        born = tr("{name}, born {born}, record {id}")
        return [
            *(
                (
                    f"person:{p.id}",
                    (born if p.born else said).format(name=p.name, born=born_in_words(p.born), id=p.id),
                )
                for p in everybody
            ),
            *((f"place:{p.id}", said.format(name=p.label, id=p.id)) for p in picture.places),
        ]

    def judged(self) -> list[tuple[str, str]]:
        """The judgements of records that count here, the newest first, each in words."""
        view = self._desk.view
        if view is None:
            return []
        picture = view.records
        counts = counting(picture.sameness).values()
        return [
            (str(j.id), f"{names_judged(j, picture)}: {linked.judged_in_words(j, picture)}")
            for j in sorted(counts, key=lambda j: -j.id)
            if j.verdict is not Sameness.WITHDRAWN
        ]

    def _of(self, *roles: Role) -> list[tuple[str, str]]:
        view = self._desk.view
        first = [f"#{p}" for p in view.picture.with_role(*roles)] if view else []
        return sorted(self.people(), key=lambda pair: first.index(pair[0]) if pair[0] in first else 99)

    def hers(self) -> list[tuple[str, str]]:
        """Those at risk first."""
        return self._of(Role.AT_RISK, Role.CALLER)

    def suspects(self) -> list[tuple[str, str]]:
        """Suspects first."""
        return self._of(Role.SUSPECT)

    def first_at_risk(self) -> str:
        """Whom an order most likely protects; nothing while nobody is known to be at risk."""
        return self._first(Role.AT_RISK, Role.CALLER)

    def first_suspect(self) -> str:
        """Against whom an order most likely is; nothing while no suspect is named: roles are never guessed."""
        return self._first(Role.SUSPECT)

    def _first(self, *roles: Role) -> str:
        view = self._desk.view
        found = [p for role in roles for p in view.picture.with_role(role)] if view else []
        return f"#{found[0]}" if found else ""

    def orders(self) -> list[tuple[str, str]]:
        """Every order known here, those live for risk first."""
        view = self._desk.view
        if view is None:
            return []
        said = tr("{name} against {him}")
        return [
            (
                str(o.standing.order.id),
                said.format(name=o.standing.name, him=view.picture.name_of(o.standing.order.respondent_id)),
            )
            for o in by_weight(view)
        ]

    def copies(self) -> list[tuple[str, str]]:
        """Every copy of an order that is kept, the newest first."""
        view = self._desk.view
        kept = [c for o in view.orders for c in o.standing.order.copies] if view else []
        return [(str(c.id), f"{c.name}, {at(c.known_at)}") for c in sorted(kept, key=lambda c: -c.id)]

    def order_in_sight(self) -> str:
        """The order that the card shows, else the weightiest."""
        ids = [code for code, _ in self.orders()]
        shown = str(self._desk.order_shown or "")
        return shown if shown in ids else ids[0] if ids else ""

    def only_suspect(self) -> str:
        """The one suspect there is; with none, or several, nobody is presumed."""
        view = self._desk.view
        found = view.picture.with_role(Role.SUSPECT) if view else ()
        return f"#{found[0]}" if len(found) == 1 else ""

    def places(self) -> list[tuple[str, str]]:
        """Every place in the picture."""
        view = self._desk.view
        return [(p.label, p.label) for p in view.picture.places] if view else []

    def subjects(self) -> list[tuple[str, str]]:
        """Every place and everybody in the picture: what a count may be about."""
        view = self._desk.view
        return [*self.places(), *((p.name, p.name) for p in view.picture.people)] if view else []

    def types(self) -> list[tuple[str, str]]:
        """Every incident type, the present one first."""
        view = self._desk.view
        present = view.picture.incident.type if view and view.picture.incident else ""
        types = self._desk.app.policy.pack.types
        return [(t.id, t.name) for t in sorted(types, key=lambda t: t.id != present)]

    def qualifiers(self) -> list[tuple[str, str]]:
        """The qualifiers that the present type may carry; those it carries first, together, to be added to."""
        view = self._desk.view
        incident = view.picture.incident if view else None
        kind = self._desk.app.policy.types.get(incident.type) if incident else None
        if incident is None or kind is None:
            return []
        carried = ["; ".join(incident.qualifiers)] if incident.qualifiers else []
        return [(q, q) for q in (*carried, *kind.qualifiers)]

    def candidates(self) -> list[tuple[str, str]]:
        """The places it may be, each with why it is offered; then every other place in the picture."""
        view = self._desk.view
        if view is None:
            return []
        offered = [(c.key, f"{c.label} · {c.why}") for c in view.where.candidates]
        keys = {key for key, _ in offered}
        return offered + [
            (f"place:{p.id}", p.address or p.label)
            for p in view.picture.places
            if f"place:{p.id}" not in keys
        ]

    def tasks(self) -> list[tuple[str, str]]:
        """What is open here."""
        view = self._desk.view
        here = view.picture.tasks if view else ()
        return [(str(t.id), t.text) for t in here if not t.done and not escalate.is_escalation(t)]

    def steps(self) -> list[tuple[str, str]]:
        """What to do now, as numbered on the screen: the warning's code and the step."""
        view = self._desk.view
        return [(f"{t.warning}|{t.text}", t.text) for t in view.to_do] if view else []

    def follows(self) -> list[tuple[str, str]]:
        """What may follow, what is to be decided first."""
        view = self._desk.view
        return [(key_of(p), f"{kind_words(p.kind)}: {p.name}") for p in view.proposals] if view else []

    def disclosures(self) -> list[tuple[str, str]]:
        """What was told and not followed up."""
        view = self._desk.view
        return (
            [(str(d.id), f"{d.teller}: {d.words}") for d in view.picture.disclosures if d.open]
            if view
            else []
        )

    def rooms_waiting(self) -> list[tuple[str, str]]:
        """The rooms that a move was sent to and not received by."""
        view = self._desk.view
        moves = view.picture.moves if view else ()
        return [(m.room, m.room) for m in reversed(moves) if m.room and not m.acknowledged]

    def at_risk(self) -> list[tuple[str, str]]:
        """Those at risk, whoever was neither seen nor spoken to yet first; then somebody who is not named."""
        view = self._desk.view
        if view is None:
            return []
        unseen = {name for ruling in view.rulings for name in ruling.unseen}
        people = view.picture.with_role(Role.AT_RISK, Role.CHILD, Role.CALLER)
        named = sorted(
            ((f"#{p}", view.picture.name_of(p)) for p in people), key=lambda pair: pair[1] not in unseen
        )
        return [*named, ("unnamed", tr("Somebody not named"))]

    def half_met(self) -> dict[str, str]:
        """What a confirmed fact tells of a contact that nobody has recorded yet, by field; nothing where none does."""
        view = self._desk.view
        found = contact.half_met(view.picture, self._desk.app.policy.pack.contacts) if view else ()
        if not found:
            return {}
        known = found[0].known
        free = "yes" if known.how == "spoken_to" else "unknown"
        person = f"#{found[0].person_id}"
        return {"person": person, "how": known.how, "seen_by": known.seen_by, "alone": "yes", "free": free}

    def told_here(self) -> list[tuple[str, str]]:
        """What was told in this incident and not taken back, the newest first."""
        view = self._desk.view
        if view is None:
            return []
        gone = {r.disclosure_id for r in view.picture.retractions}
        here = [
            d for d in view.picture.disclosures if d.incident_id == view.picture.here and d.id not in gone
        ]
        return [(str(d.id), f"{d.teller}: {d.words}") for d in sorted(here, key=lambda d: -d.id)]

    def linked(self) -> list[tuple[str, str]]:
        """The past incidents of this picture, the newest first, each with why it is linked."""
        view = self._desk.view
        past = (*view.picture.linked, *view.picture.apart.incidents) if view else ()
        found = sorted(past, key=lambda i: i.opened.at, reverse=True)
        return [(str(i.id), f"{i.reference}: {i.summary or i.type}") for i in found]

    def rejected(self) -> list[tuple[str, str]]:
        """The past incidents that were judged not to belong here, the newest judgement first, each with its reason."""
        view = self._desk.view
        if view is None:
            return []
        return [
            (str(r.incident.id), f"{r.incident.reference}: {r.reason} ({r.author}, {at(r.at)})")
            for r in sorted(view.picture.rejected, key=lambda r: r.at, reverse=True)
        ]

    def other_open(self) -> list[tuple[str, str]]:
        """The other open incidents."""
        here = self._desk.incident_id
        return [
            (str(line.incident_id), f"{line.reference}: {line.title}")
            for line in self._desk.board
            if line.incident_id != here
        ]


def names_judged(judged: SameAs, picture: Picture) -> str:
    """The two records of a judgement, by name and number."""

    def called(record: int) -> str:
        place = picture.place(record)
        name = picture.name_of(record) if judged.kind == PERSON else place.label if place else tr("a place")
        return tr("{name} (record {id})").format(name=name, id=record)

    return tr("{one} and {other}").format(one=called(judged.a), other=called(judged.b))
