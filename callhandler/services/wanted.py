"""What is wanted, worked out from the picture it is wanted of: one maker for each act, the same for asking and probing."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from callhandler.errors import BadInput
from callhandler.model.acts import Wanted
from callhandler.model.assessment import CLOSED_RANK, Act, Request
from callhandler.model.picture import Picture
from callhandler.model.sameness import PERSON, SameAs, Sameness
from callhandler.model.when import LONDON
from callhandler.policy.entries import Grade, IncidentType
from callhandler.policy.pack import Policy
from callhandler.rules.changes import LEVELS, level_of
from callhandler.rules.clocks import grade_named

LONGEST_NAME = 200


@dataclass(frozen=True)
class See:
    """What an act is worked out from. `other` reads the picture of another incident in the same transaction."""

    picture: Picture
    policy: Policy
    other: Callable[[int], Picture]

    @property
    def standing(self) -> tuple[str, int]:
        """The grade that stands and its rank; no grade, ranked as closed, before the first."""
        stands = self.picture.standing
        return (stands.grade, stands.rank) if stands else ("", CLOSED_RANK)

    def grade(self, name: str) -> Grade:
        """A grade of the scheme. Raises BadInput naming them all."""
        chosen = grade_named(self.policy.scheme, name)
        if chosen is None:
            known = ", ".join(g.name for g in self.policy.scheme.grades)
            raise BadInput(f"The scheme has no grade {name[:LONGEST_NAME]}. Its grades are {known}.", "grade")
        return chosen

    def person(self, person_id: int) -> str:
        """The name of somebody in the picture. Raises BadInput when there is no such person in it."""
        found = self.picture.person(person_id)
        if found is None:
            raise BadInput(f"Nobody numbered {person_id} is in this picture.", "person")
        return found.name


Make = Callable[[See], Wanted]


def of(request: Request) -> Wanted:
    """What a kept request asks for."""
    shown = request.shown or ("Closed" if request.act is Act.CLOSE else request.grade)
    return Wanted(
        request.act,
        request.grade,
        request.rank,
        request.subject,
        request.subject_id,
        request.to,
        shown,
    )


def grade(name: str, act: Act = Act.GRADE) -> Make:
    """A grade to stand from now on, chosen here or given on receipt."""

    def make(see: See) -> Wanted:
        chosen = see.grade(name)
        return Wanted(act, chosen.id, chosen.rank, "incident", see.picture.here, "", chosen.name)

    return make


def close() -> Make:
    """The incident closed: nobody goes any more."""
    return lambda see: Wanted(Act.CLOSE, "close", CLOSED_RANK, "incident", see.picture.here, "", "Closed")


def cancel() -> Make:
    """The incident cancelled because somebody asked for it."""
    shown = "Cancelled on request"
    return lambda see: Wanted(Act.CANCEL, "close", CLOSED_RANK, "incident", see.picture.here, "", shown)


def appoint(at: datetime, name: str = "") -> Make:
    """An appointment in the place of a response now. Without a grade it is the first of the scheduled band."""

    def make(see: See) -> Wanted:
        if at.tzinfo is None:
            raise BadInput("The time of the appointment has no zone.", "at")
        if at <= see.picture.as_of:
            raise BadInput("The time of the appointment is past.", "at")
        slowest = max((g.target_minutes or 0 for g in see.policy.scheme.grades), default=0)
        if slowest and at > see.picture.as_of + timedelta(minutes=slowest):
            last = (see.picture.as_of + timedelta(minutes=slowest)).astimezone(LONDON)
            raise BadInput(
                f"That is further off than any grade allows: the latest time is {last:%d %b %Y %H:%M}.", "at"
            )
        scheduled = [g for g in see.policy.scheme.grades if g.band in ("scheduled", "resolve")]
        if not name and not scheduled:
            raise BadInput("The scheme has no grade for appointments; name one.", "grade")
        chosen = see.grade(name) if name else scheduled[0]
        shown = f"Appointment for {at.astimezone(LONDON):%d %b %Y %H:%M}, {chosen.name}"
        return Wanted(
            Act.APPOINT, chosen.id, chosen.rank, "incident", see.picture.here, at.isoformat(), shown
        )

    return make


def transfer(to: str, name: str = "") -> Make:
    """The incident handed on to another room or force. Without a grade the one that stands goes with it."""

    def make(see: See) -> Wanted:
        room = " ".join(to.split())
        if not room or len(room) > LONGEST_NAME:
            raise BadInput("Name the room or force that it goes to.", "to")
        stands = see.picture.standing
        if not name and (stands is None or stands.closes):
            raise BadInput("No grade stands here; name the grade that it goes with.", "grade")
        chosen = see.grade(name or see.standing[0])
        shown = f"Handed on to {room}, graded {chosen.name}"
        return Wanted(Act.TRANSFER, chosen.id, chosen.rank, "incident", see.picture.here, room, shown)

    return make


def result(note: str = "") -> Make:
    """The response over: whoever went has done what there was to do."""

    def make(see: See) -> Wanted:
        kept, rank = see.standing
        return Wanted(Act.RESULT, kept, rank, "incident", see.picture.here, note, "Response resulted")

    return make


def retype(incident_type: str, qualifiers: Iterable[str] = ()) -> Make:
    """Another type, with its qualifiers. An empty type keeps the present one."""
    given = [q.strip() for q in qualifiers]

    def make(see: See) -> Wanted:
        incident = see.picture.incident
        name = incident_type or (incident.type if incident else "")
        kind = see.policy.types.get(name)
        if kind is None:
            raise BadInput(f"The policy has no incident type {name[:LONGEST_NAME]}.", "type")
        chosen = [_qualifier(kind, q) for q in dict.fromkeys(given) if q]
        shown = f"Type: {kind.name} ({', '.join(chosen)})" if chosen else f"Type: {kind.name}"
        to = json.dumps([name, chosen], ensure_ascii=False)
        return Wanted(Act.RETYPE, *see.standing, "incident", see.picture.here, to, shown)

    return make


def retract(disclosure_id: int) -> Make:
    """A disclosure taken back because it was recorded in error: not told, or told of somebody else."""

    def make(see: See) -> Wanted:
        if disclosure_id in {r.disclosure_id for r in see.picture.retractions}:
            raise BadInput("This disclosure was taken back already.", "disclosure")
        told = next(
            (
                d
                for d in see.picture.disclosures
                if d.id == disclosure_id and d.incident_id == see.picture.here
            ),
            None,
        )
        if told is None:
            raise BadInput(f"No disclosure {disclosure_id} was recorded in this incident.", "disclosure")
        known = see.policy.indicators.get(told.indicator)
        shown = f"Recorded in error: {known.name if known else told.indicator}"
        return Wanted(Act.RETRACT, *see.standing, "disclosure", disclosure_id, "", shown)

    return make


def reject_link(linked_id: int) -> Make:
    """A past incident that does not belong to these people after all."""

    def make(see: See) -> Wanted:
        shown = (*see.picture.linked, *see.picture.apart.incidents)
        found = next((i for i in shown if i.id == linked_id), None)
        if found is None:
            raise BadInput(f"No incident {linked_id} is linked here.", "link")
        name = found.reference or found.opened.spoken()
        return Wanted(
            Act.REJECT_LINK, *see.standing, "incident", linked_id, "not_linked", f"Not linked: {name}"
        )

    return make


def judge_records(judged: SameAs) -> Make:
    """Two records that are, are not, or are no longer judged to be, of the same person or place."""
    to = json.dumps([judged.verdict.value, judged.a])
    return lambda see: Wanted(
        Act.PART_RECORDS,
        *see.standing,
        judged.kind,
        judged.b,
        to,
        judgement_in_words(judged, see.picture),
    )


def judgement_in_words(judged: SameAs, picture: Picture) -> str:
    """A judgement of two records as a log has it."""

    def called(record: int) -> str:
        place = picture.place(record)
        return picture.name_of(record) if judged.kind == PERSON else place.label if place else "a place"

    said = {
        Sameness.SAME: "Judged to be the same",
        Sameness.NOT_SAME: "Judged not to be the same",
        Sameness.WITHDRAWN: "No longer judged",
    }[judged.verdict]
    return f"{said}: {called(judged.a)} (record {judged.a}) and {called(judged.b)} (record {judged.b})"


def judged(wanted: Wanted, picture: Picture) -> SameAs:
    """The judgement that an act upon records would make, as if it were the newest of all."""
    verdict, a = json.loads(wanted.to)
    b = wanted.subject_id or 0
    return SameAs(
        picture.upto + 1, wanted.subject, a, b, Sameness(verdict), picture.here, "", "", picture.as_of
    )


def risk_level(person_id: int, level: str) -> Make:
    """A lower level of risk for somebody at risk. Raises BadInput where it is not lower: then nothing has to be asked."""

    def make(see: See) -> Wanted:
        name = see.person(person_id)
        if level not in LEVELS[1:]:
            raise BadInput(f"A level of risk is one of {', '.join(LEVELS[1:])}.", "level")
        shown = f"Risk of {name}: {level_of(see.picture, person_id) or 'not known'} to {level}"
        return Wanted(Act.LOWER_RISK, *see.standing, "person", person_id, level, shown)

    return make


def merge(into_id: int) -> Make:
    """This incident worked on in another from now on, at the grade that stands there."""

    def make(see: See) -> Wanted:
        if into_id == see.picture.here:
            raise BadInput("An incident is not merged into itself.", "into")
        other = see.other(into_id)
        if other.incident is None:
            raise BadInput(f"There is no incident {into_id} here.", "into")
        if other.merged_into is not None or (other.standing and other.standing.closes):
            raise BadInput("The other incident is not open; merge into the one that is worked on.", "into")
        stands = other.standing
        kept = (stands.grade, stands.rank) if stands else ("", CLOSED_RANK)
        return Wanted(
            Act.MERGE, *kept, "incident", into_id, "same", f"Merged into {other.incident.reference}"
        )

    return make


def _qualifier(kind: IncidentType, written: str) -> str:
    """A qualifier as the policy writes it; any part of it that fits only one will do. Raises BadInput."""
    fold = written.casefold()
    whole = [q for q in kind.qualifiers if q.casefold() == fold]
    parts = whole or [q for q in kind.qualifiers if fold in q.casefold()]
    if len(parts) != 1:
        listed = ", ".join(parts or kind.qualifiers)
        raise BadInput(
            f"{kind.name} has no qualifier {written[:LONGEST_NAME]}. It has: {listed}.", "qualifier"
        )
    return parts[0]
