"""Civil orders: declared by a caller, live for risk from that moment; and everything learned of them later.

What was declared is never overwritten: what a copy or a court says later stands beside it, each with its own time.
"""

from collections.abc import Sequence
from datetime import datetime

from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.model.assessment import Assessment
from callhandler.model.incident import LogKind
from callhandler.model.order import Attached, Learned, Order, OrderCopy
from callhandler.model.people import Role
from callhandler.model.picture import Picture
from callhandler.model.when import Precision
from callhandler.policy.orders import TermKind
from callhandler.services import copies, entries, naming
from callhandler.services.office import DESK, Office, Work, line, require, work
from callhandler.services.order_told import Checked, TermTold, require_end_checked
from callhandler.store import subjects, tables
from callhandler.store.unit_of_work import reading

KNOWS = (Learned.SERVED, Learned.AWARE, Learned.PRESENT, Learned.OWN_WORDS, Learned.NOT_SERVED)
"""What may be said at once to `served or told?`; not asked and not known are no answer at all."""


class Orders:
    """Orders told of, and what is learned of them."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def declare(
        self,
        actor: Actor,
        incident_id: int,
        order_type: str,
        protected: int | str,
        respondent: int | str,
        words: str = "",
        teller: str = "",
        *,
        terms: Sequence[str] = (),
        knows: str = "",
    ) -> Assessment:
        """Record an order that the caller tells of. It is live for risk from this moment; a task is opened to obtain it.

        `terms` are kinds of term, `knows` what is said to "served or told?", a word of `KNOWS`.
        """
        require(actor, *DESK)
        kind = self._office.policy.orders.get(order_type)
        if kind is None:
            raise BadInput(f"The policy has no order type {order_type}.", "order")
        if knows and knows not in KNOWS:
            raise BadInput(f"{knows} is no answer to whether he was served or told.", "knows")
        with work(self._office) as w:
            picture = w.picture(incident_id)
            teller = teller or "the caller"
            protected_id = naming.person(w, protected, picture)
            respondent_id = naming.person(w, respondent, picture)
            known = [
                o
                for o in picture.orders
                if o.type == order_type
                and _one(picture, o.protected_id, protected_id)
                and _one(picture, o.respondent_id, respondent_id)
            ]
            if known:
                order_id = known[-1].id
                _fact(w, actor, incident_id, order_id, Learned.TOLD_AGAIN, teller, words=words)
            else:
                order_id = w.uow.append(
                    tables.civil_order,
                    type=order_type,
                    incident_id=incident_id,
                    protected_id=protected_id,
                    respondent_id=respondent_id,
                    source=teller,
                    court="",
                    without_notice="unknown",
                    made_at=None,
                    made_precision=Precision.UNKNOWN.value,
                    expires_at=None,
                    until_further_order=False,
                    author=actor.display,
                )
                entries.task(
                    w,
                    actor,
                    incident_id,
                    "obtain-order",
                    f"{kind.name}: ask court, solicitor and the unit's post for it. Help does not wait for it.",
                )
            if knows:
                _fact(w, actor, incident_id, order_id, Learned(knows), teller, words=words)
            said = known[-1].terms if known else ()
            new = [t for t in dict.fromkeys(terms) if t not in {s.kind for s in said}]
            for term in new:
                self._term(w, actor, incident_id, order_id, TermTold(term, said_by=teller), picture)
            _roles(w, picture, protected_id, respondent_id)
            forbids = "; ".join(self._kind(t).name for t in new)
            told = f"{kind.name} told of. {words}".strip() + (f" It forbids: {forbids}." if forbids else "")
            told += f" {_KNOWS[Learned(knows)]}, says {teller}." if knows else ""
            entries.log(w, actor, incident_id, told, LogKind.NOTE)
            return w.reassess(incident_id)[1]

    def learn(
        self,
        actor: Actor,
        incident_id: int,
        order: str | int,
        fact: str,
        said_by: str,
        *,
        verified: bool = False,
        words: str = "",
        at: datetime | None = None,
        until: datetime | None = None,
    ) -> Assessment:
        """Record something learned about an order, by its id, or the newest of a type. The declared version stays."""
        require(actor, *DESK)
        if fact not in set(Learned):
            raise BadInput(f"{fact} is not something that can be learned of an order.", "fact")
        with work(self._office) as w:
            found = _order(w.picture(incident_id), order)
            _fact(w, actor, incident_id, found.id, Learned(fact), said_by, verified, words, at, until)
            how = "checked" if verified else "not checked"
            text = f"Order: {entries.plain(fact)}, says {said_by} ({how}). {words}"
            entries.log(w, actor, incident_id, text.strip(), LogKind.NOTE)
            return w.reassess(incident_id)[1]

    def forbid(self, actor: Actor, incident_id: int, order: str | int, term: TermTold) -> Assessment:
        """Record a term of an order, as told or as read."""
        require(actor, *DESK)
        with work(self._office) as w:
            picture = w.picture(incident_id)
            found = _order(picture, order)
            self._term(w, actor, incident_id, found.id, term, picture)
            source = "read in the order" if term.verified else f"says {term.said_by or found.source}"
            text = f"Order: {self._kind(term.kind).name}, {source}. {term.text}"
            entries.log(w, actor, incident_id, text.strip(), LogKind.NOTE)
            return w.reassess(incident_id)[1]

    def check(self, actor: Actor, incident_id: int, order: str | int, seen: Checked) -> Assessment:
        """Record what was read in a copy or confirmed by a court: the checked version, beside what was declared."""
        require(actor, *DESK)
        if seen.notice not in ("", "yes", "no"):
            raise BadInput("Without notice is yes, no, or not said.", "notice")
        with work(self._office) as w:
            picture = w.picture(incident_id)
            found = _order(picture, order)
            facts: list[tuple[Learned, str, datetime | None, datetime | None]]
            facts = [(Learned.COPY, seen.court or seen.words, None, None)]
            if seen.made:
                facts.append((Learned.MADE, "", seen.made, None))
            if seen.until:
                facts.append((Learned.EXPIRY, "", None, seen.until))
            if seen.notice:
                without = Learned.WITHOUT_NOTICE if seen.notice == "yes" else Learned.ON_NOTICE
                facts.append((without, "", None, None))
            if seen.whole:
                facts.append((Learned.TERMS_READ, "", None, None))
            for kind, words, at, until in facts:
                _fact(w, actor, incident_id, found.id, kind, seen.said_by, True, words, at, until)
            for term in seen.terms:
                self._term(w, actor, incident_id, found.id, term, picture)
            read = " All its terms were read." if seen.whole else ""
            text = f"Order checked, says {seen.said_by}.{read} {seen.words}"
            entries.log(w, actor, incident_id, text.strip(), LogKind.NOTE)
            return w.reassess(incident_id)[1]

    def attach(
        self, actor: Actor, incident_id: int, order: str | int, name: str, content: bytes, said_by: str = ""
    ) -> Assessment:
        """Keep a copy or photograph beside an order: seen by us, not verified until somebody checks it.

        Raises BadInput when it is no picture or PDF by its content, or too large.
        """
        require(actor, *DESK)
        kind = copies.media_type(content)
        with work(self._office) as w:
            found = _order(w.picture(incident_id), order)
            shown = copies.plain_name(name)
            w.uow.append(
                tables.order_copy,
                order_id=found.id,
                incident_id=incident_id,
                name=shown,
                media_type=kind,
                size=len(content),
                sha256=w.uow.keep_file(content),
                said_by=line(said_by or "not said", "Who sent it"),
                author=actor.display,
            )
            _fact(w, actor, incident_id, found.id, Learned.COPY, actor.display, words=shown)
            size = copies.spoken_size(len(content))
            text = f"Copy of the order attached: {shown}, {size}. Seen by us, not verified."
            entries.log(w, actor, incident_id, text, LogKind.NOTE)
            return w.reassess(incident_id)[1]

    def read_copy(self, actor: Actor, copy: OrderCopy) -> bytes:
        """The bytes of a copy. Raises BadInput when they are gone or are not what was attached."""
        require(actor, *DESK)
        with reading(self._office.engine) as connection:
            content = subjects.file_content(connection, copy.sha256)
        if content is None:
            raise BadInput("This copy is not what was attached any more; run callhandler verify.", "copy")
        return content

    def _kind(self, kind: str) -> TermKind:
        found = self._office.policy.terms.get(kind)
        if found is None:
            raise BadInput(f"The policy has no kind of term {kind}.", "term")
        return found

    def _term(
        self, w: Work, actor: Actor, incident_id: int, order_id: int, term: TermTold, picture: Picture
    ) -> None:
        kind = self._kind(term.kind)
        by_place = Attached.PLACE in kind.attached and (
            bool(term.place) or kind.attached[0] is Attached.PLACE
        )
        if term.place and not by_place:
            raise BadInput(f"{kind.name}: this term goes with a person, not with a place.", "place")
        if term.arrest_power not in ("yes", "no", "unknown"):
            raise BadInput("A power of arrest is attached: yes, no or unknown.", "arrest_power")
        if term.metres is not None and term.metres <= 0:
            raise BadInput("A distance is a number of metres above nought.", "metres")
        w.uow.append(
            tables.order_term,
            order_id=order_id,
            incident_id=incident_id,
            kind=term.kind,
            text=line(term.text, "The term", empty=True),
            attached="place" if by_place else "person",
            place_id=naming.place(w, term.place) if term.place else None,
            metres=term.metres,
            expires_at=term.expires,
            exceptions=line(term.exceptions, "The exceptions", empty=True),
            times=line(term.times, "The times", empty=True),
            arrest_power=term.arrest_power,
            arrest_until_at=term.arrest_until,
            protected_id=naming.person(w, term.protected, picture) if term.protected else None,
            verified=term.verified,
            said_by=line(term.said_by, "Who says so", empty=True),
            author=actor.display,
        )


_KNOWS = {
    Learned.SERVED: "Served on him",
    Learned.AWARE: "He was told of it",
    Learned.PRESENT: "He was in court",
    Learned.OWN_WORDS: "His own words show that he knows",
    Learned.NOT_SERVED: "Not served or told, as far as known",
}


def _order(picture: Picture, which: str | int) -> Order:
    found = [o for o in picture.orders if which in (o.id, o.type)]
    if not found:
        what = which if isinstance(which, str) else "such order"
        raise BadInput(f"No {what} is recorded for anybody here.", "order")
    # What a respondent has towards others comes after what protects or binds somebody of this call.
    here = picture.with_role(*Role)
    return max(found, key=lambda o: (o.protected_id in here or o.respondent_id in here, found.index(o)))


def _roles(w: Work, picture: Picture, protected_id: int, respondent_id: int) -> None:
    """Name the two, unless that would turn roles round: both may hold an order against the other."""
    if respondent_id not in picture.with_role(Role.AT_RISK, Role.CALLER, Role.CHILD):
        naming.party(w, picture, respondent_id, Role.SUSPECT)
    if protected_id not in picture.with_role(Role.SUSPECT):
        naming.party(w, picture, protected_id, Role.AT_RISK)


def _one(picture: Picture, record: int | None, other: int) -> bool:
    """Whether the two are records of one person."""
    return record is not None and other in picture.records_of(record)


def _fact(
    w: Work,
    actor: Actor,
    incident_id: int,
    order_id: int,
    fact: Learned,
    said_by: str,
    verified: bool = False,
    words: str = "",
    at: datetime | None = None,
    until: datetime | None = None,
) -> None:
    if verified:
        require_end_checked(w.office.policy.pack.order_states, fact, said_by, at, until, w.uow.now)
    fact_id = w.uow.append(
        tables.order_fact,
        order_id=order_id,
        incident_id=incident_id,
        kind=fact.value,
        at=at,
        verified=verified,
        said_by=line(said_by, "Who says so"),
        words=line(words, "The words", empty=True),
        author=actor.display,
    )
    if until is not None:
        w.uow.append(tables.order_until, fact_id=fact_id, until_at=until)
