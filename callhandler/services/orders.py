"""Civil orders: declared by a caller, live for risk from that moment; and everything learned of them later."""

from datetime import datetime

from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.model.assessment import Assessment
from callhandler.model.incident import LogKind
from callhandler.model.people import Role
from callhandler.model.when import Precision
from callhandler.services import entries, naming
from callhandler.services.office import DESK, Office, Work, line, require, work
from callhandler.store import tables


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
    ) -> Assessment:
        """Record an order that the caller tells of. It is live for risk from this moment; a task is opened to obtain it."""
        require(actor, *DESK)
        kind = self._office.policy.orders.get(order_type)
        if kind is None:
            raise BadInput(f"The policy has no order type {order_type}.", "order")
        with work(self._office) as w:
            picture = w.picture(incident_id)
            protected_id = naming.person(w, protected, picture)
            respondent_id = naming.person(w, respondent, picture)
            again = [o for o in picture.orders if o.type == order_type and o.protected_id == protected_id]
            if not again:
                w.uow.append(
                    tables.civil_order,
                    type=order_type,
                    incident_id=incident_id,
                    protected_id=protected_id,
                    respondent_id=respondent_id,
                    source=teller or "the caller",
                    court="",
                    without_notice="unknown",
                    made_at=None,
                    made_precision=Precision.UNKNOWN.value,
                    expires_at=None,
                    until_further_order=False,
                    author=actor.display,
                )
                w.uow.append(
                    tables.task,
                    incident_id=incident_id,
                    code="obtain-order",
                    text=f"{kind.name}: ask court, solicitor and the unit's post for it. Help does not wait for it.",
                    owner=actor.display,
                    due_at=None,
                )
            else:
                _order_fact(
                    w, actor, incident_id, again[-1].id, "told_again", False, teller or "the caller", words
                )
            naming.party(w, picture, respondent_id, Role.SUSPECT)
            naming.party(w, picture, protected_id, Role.AT_RISK)
            entries.log(w, actor, incident_id, f"{kind.name} told of. {words}".strip(), LogKind.NOTE)
            return w.reassess(incident_id)[1]

    def learn(
        self,
        actor: Actor,
        incident_id: int,
        order_type: str,
        fact: str,
        said_by: str,
        *,
        verified: bool = False,
        words: str = "",
        at: datetime | None = None,
    ) -> Assessment:
        """Record something learned about the newest order of a type. The declared version is kept beside it."""
        require(actor, *DESK)
        with work(self._office) as w:
            picture = w.picture(incident_id)
            orders = [o for o in picture.orders if o.type == order_type]
            if not orders:
                raise BadInput(f"No {order_type} is recorded for anybody here.", "order")
            _order_fact(w, actor, incident_id, orders[-1].id, fact, verified, said_by, words, at)
            entries.log(
                w,
                actor,
                incident_id,
                f"Order: {entries.plain(fact)}, says {said_by}. {words}".strip(),
                LogKind.NOTE,
            )
            return w.reassess(incident_id)[1]


def _order_fact(
    w: Work,
    actor: Actor,
    incident_id: int,
    order_id: int,
    fact: str,
    verified: bool,
    said_by: str,
    words: str,
    at: datetime | None = None,
) -> None:
    w.uow.append(
        tables.order_fact,
        order_id=order_id,
        incident_id=incident_id,
        kind=fact,
        at=at,
        verified=verified,
        said_by=line(said_by, "Who says so"),
        words=line(words, "The words", empty=True),
        author=actor.display,
    )
