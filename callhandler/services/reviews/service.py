"""The one service of review that a screen or a command works with; each part of the work stands in a module beside it."""

from callhandler.model.actor import Actor, Right
from callhandler.model.review import QueueLine
from callhandler.rules import review
from callhandler.services.office import REVIEW, Office, require
from callhandler.services.reviews.queue import line_of_item, line_of_request
from callhandler.store import reviews as store
from callhandler.store.unit_of_work import reading


class Reviews:
    """Decisions looked at again."""

    def __init__(self, office: Office) -> None:
        self._office = office

    # the queue

    def queue(self, actor: Actor) -> tuple[QueueLine, ...]:
        """What waits for agreement now and what is to be reviewed, riskiest first. Two statements, whatever its length.

        A domestic abuse reviewer who is no supervisor has domestic abuse first.
        """
        require(actor, *REVIEW)
        policy = self._office.policy
        with reading(self._office.engine) as connection:
            asked = store.waiting_requests(connection, actor.user_id)
            items = store.open_items(connection, actor.user_id)
        lines = [
            *(line_of_request(row, policy) for row in asked),
            *(line_of_item(row, policy) for row in items),
        ]
        specialist = Right.DOMESTIC_ABUSE_REVIEWER in actor.rights
        return review.riskiest_first(lines, specialist=specialist)

    def open_reviews(self, incident_id: int) -> tuple[tuple[int, int | None], ...]:
        """The open items of an incident, each with its owner's id (None while nobody has it). One statement."""
        with reading(self._office.engine) as connection:
            return store.open_reviews(connection, incident_id)
