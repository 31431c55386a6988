"""Word suggestions for the log line, and taking one: the line and what it tells, in one transaction, each once."""

from functools import cached_property

from callhandler.model.actor import Actor
from callhandler.model.assessment import Assessment
from callhandler.model.facts import Stance
from callhandler.model.incident import LogKind
from callhandler.model.picture import Picture
from callhandler.rules import history
from callhandler.rules.suggest import Said, Suggester, Suggestion, suggester_of, verbatim
from callhandler.services import entries
from callhandler.services.office import DESK, Office, require, work
from callhandler.services.telling import Told, check_indicators, record_told
from callhandler.store import subjects


class Suggesting:
    """Offers what a line may tell. Nothing is recorded until somebody takes it."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @cached_property
    def _suggester(self) -> Suggester:
        return suggester_of(self._office.policy)

    def prepare(self) -> None:
        """Read the words of the policy, so that the first line does not wait for it."""
        self._suggester.suggest("ready")

    def offers(self, text: str) -> tuple[Suggestion, ...]:
        """What a line may tell, by the policy in force. Never raises, whatever the line holds."""
        return self._suggester.suggest(text)

    def take(
        self, actor: Actor, incident_id: int, text: str, line_uuid: str, one: Suggestion, uuid: str
    ) -> Assessment | None:
        """Record the line, unless it is recorded already, and what it tells; both or neither, and each once.

        `line_uuid` is the line's own key and `uuid` that of the disclosure: doing it again does nothing more, and
        returns None. What the line denies is recorded as a denial, which cancels nothing.
        """
        require(actor, *DESK)
        check_indicators(self._office.policy, one.indicator)
        with work(self._office) as w:
            landed = subjects.entry_landed(w.uow.connection, [line_uuid, uuid])
            if uuid in landed:
                return None
            picture = w.picture(incident_id)
            if line_uuid not in landed:
                entries.log(w, actor, incident_id, text, LogKind.NOTE, uuid=line_uuid)
            told = Told(
                one.indicator,
                verbatim(text, one),
                about=self._about(picture, one),
                stance=Stance.DENIED if one.denied else Stance.TOLD,
                uuid=uuid,
            )
            record_told(w, actor, incident_id, told, logged=True)
            return w.reassess(incident_id)[1]

    def _about(self, picture: Picture, one: Suggestion) -> int | str:
        """The one suspect, as for a reply to a question; nobody when there are more, or it is said of somebody else."""
        suspects = history.read(picture, self._office.policy).suspects_to_name
        return min(suspects) if len(suspects) == 1 and Said.THIRD not in one.said else ""
