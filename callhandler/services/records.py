"""Puts a scenario's recorded history into a training store, each row with when it was really recorded."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from callhandler.errors import BadInput
from callhandler.intake.scenario_records import (
    CountRecorded,
    DisclosureRecorded,
    IncidentRecorded,
    MarkerRecorded,
    Records,
)
from callhandler.intake.scenario_times import Told
from callhandler.rules.identify import folded, number_given
from callhandler.services.keying import keep_keys
from callhandler.services.office import Office, Work, work
from callhandler.store import tables


class RecordsLoader:
    """Loads records once, into an empty store, in one transaction; keeps ids of this load by their references."""

    def __init__(self, office: Office, zone: ZoneInfo) -> None:
        self._office = office
        self._zone = zone
        self.people: dict[str, int] = {}
        self.places: dict[str, int] = {}
        self.numbers: dict[str, int] = {}
        self.vehicles: dict[str, int] = {}
        self.incidents: dict[str, int] = {}

    def load(self, records: Records) -> None:
        """Load everything. Raises BadInput naming the record that points to nothing."""
        with work(self._office) as w:
            self._known_things(w, records)
            keep_keys(w)
            for incident in records.incidents:
                self._incident(w, incident)
            for marker in records.markers:
                self._marker(w, marker)
            for record in records.person_records:
                w.uow.append(
                    tables.person_record,
                    known_at=self._known(record.known_at, record.happened),
                    person_id=self._person(record.person),
                    kind=record.kind,
                    text=record.text,
                    **self._happened(record.happened),
                )
            for count in records.counts:
                self._count(w, count)

    def _known_things(self, w: Work, records: Records) -> None:
        for person in records.people:
            known = person.known_at.when(self._zone).at
            self.people[person.id] = w.uow.append(
                tables.person, known_at=known, name=person.name, born=person.born, named=person.named
            )
            for name in (person.name, *person.aliases):
                w.uow.append(
                    tables.person_name,
                    known_at=known,
                    person_id=self.people[person.id],
                    name=name,
                    folded=folded(name),
                )
        for place in records.places:
            known = place.known_at.when(self._zone).at
            self.places[place.id] = w.uow.append(
                tables.place,
                known_at=known,
                label=place.label,
                address=place.address,
                postcode=place.postcode,
                kind=place.kind,
            )
            for name in dict.fromkeys((place.label, place.address, *place.aliases)):
                w.uow.append(
                    tables.place_name,
                    known_at=known,
                    place_id=self.places[place.id],
                    name=name,
                    folded=folded(name),
                )
        for number in records.numbers:
            known = number.known_at.when(self._zone).at
            number_id = self._number(w, number.number, known)
            for user in number.people:
                w.uow.append(
                    tables.number_tie, known_at=known, person_id=self._person(user), number_id=number_id
                )
        for vehicle in records.vehicles:
            key = vehicle.registration or vehicle.description
            self.vehicles[key] = w.uow.append(
                tables.vehicle,
                known_at=vehicle.known_at.when(self._zone).at,
                registration=vehicle.registration,
                description=vehicle.description,
                person_id=self._person(vehicle.person),
            )
        for tie in records.ties:
            w.uow.append(
                tables.place_tie,
                known_at=tie.known_at.when(self._zone).at,
                person_id=self._person(tie.person),
                place_id=self._place(tie.place),
                tie=tie.tie.value,
                **self._happened(tie.since),
            )
        for relation in records.relations:
            w.uow.append(
                tables.person_tie,
                known_at=relation.known_at.when(self._zone).at,
                a=self._person(relation.a),
                b=self._person(relation.of),
                relation=relation.is_.value,
            )

    def _incident(self, w: Work, incident: IncidentRecorded) -> None:
        known = self._known(incident.known_at, incident.opened)
        number_id = self._number(w, incident.number, known) if incident.number else None
        incident_id = w.uow.append(
            tables.incident,
            known_at=known,
            reference=incident.reference,
            type=incident.type,
            **self._happened(incident.opened),
            place_id=self._place(incident.place) if incident.place else None,
            number_id=number_id,
            summary=incident.summary,
            outcome=incident.outcome,
            undone=incident.undone,
            target_met=incident.target_met,
            live=False,
            source=incident.source,
        )
        self.incidents[incident.id] = incident_id
        for party in incident.parties:
            w.uow.append(
                tables.party,
                known_at=self._known(party.known_at, None, known),
                incident_id=incident_id,
                person_id=self._person(party.person),
                role=party.role.value,
            )
        for call in incident.calls:
            w.uow.append(
                tables.call,
                known_at=max(known, call.at.when(self._zone).at),
                incident_id=incident_id,
                number_id=self._number(w, call.number, known) if call.number else number_id,
                direction=call.direction.value,
                outcome=call.outcome.value,
                speaker=call.speaker,
                happened_at=call.at.when(self._zone).at,
            )
        for entry in incident.log:
            w.uow.append(
                tables.log_entry,
                known_at=max(known, entry.at.when(self._zone).at),
                incident_id=incident_id,
                call_id=None,
                kind=entry.kind.value,
                text=entry.text,
                author=entry.author,
                happened_at=entry.at.when(self._zone).at,
            )
        for told in incident.disclosures:
            self._disclosure(w, incident, incident_id, told, known)
        for assessed in incident.risk_assessments:
            w.uow.append(
                tables.risk_assessment,
                known_at=self._known(assessed.known_at, None, known),
                incident_id=incident_id,
                person_id=self._person(assessed.person),
                done=assessed.done.value,
                level=assessed.level,
                level_before=assessed.level_before,
                note=assessed.note,
            )
        for enquiry in incident.enquiries:
            w.uow.append(
                tables.enquiry,
                known_at=self._known(enquiry.known_at, None, known),
                incident_id=incident_id,
                what=enquiry.what,
                state=enquiry.state,
                reason=enquiry.reason,
            )
        for warning in incident.police_warnings:
            w.uow.append(
                tables.police_warning,
                known_at=self._known(warning.known_at, None, known),
                person_id=self._person(warning.person),
                incident_id=incident_id,
                kind=warning.kind,
                terms=warning.terms,
                **self._happened(incident.opened),
            )

    def _disclosure(
        self, w: Work, incident: IncidentRecorded, incident_id: int, told: DisclosureRecorded, known: datetime
    ) -> None:
        told_at = self._known(told.known_at, None, known)
        if told.indicator not in self._office.policy.indicators:
            raise BadInput(f"The policy has no indicator {told.indicator}.", f"incident {incident.id}")
        disclosure_id = w.uow.append(
            tables.disclosure,
            known_at=told_at,
            incident_id=incident_id,
            call_id=None,
            indicator=told.indicator,
            stance=told.stance.value,
            teller=told.by,
            teller_id=self.people.get(told.by),
            about_id=self._person(told.about) if told.about else None,
            harmed_id=self._person(told.harmed) if told.harmed else None,
            words=told.words,
            source=told.source,
            disputed=told.disputed,
            **self._happened(told.happened or incident.opened),
            author="police",
        )
        if told.followed_up:
            w.uow.append(
                tables.follow_up,
                known_at=told_at,
                disclosure_id=disclosure_id,
                text=told.followed_up,
                author="police",
            )

    def _marker(self, w: Work, marker: MarkerRecorded) -> None:
        known = self._known(marker.known_at, marker.since)
        subject_id = {
            "person": lambda: self._person(marker.subject),
            "place": lambda: self._place(marker.subject),
            "number": lambda: self._number(w, marker.subject, known),
            "vehicle": lambda: self._found(self.vehicles, marker.subject, "vehicle"),
        }[marker.on]()
        w.uow.append(
            tables.marker,
            known_at=known,
            subject=marker.on,
            subject_id=subject_id,
            code=marker.code,
            text=marker.text,
            set_by=marker.set_by,
            told=marker.told,
            **self._happened(marker.since),
        )

    def _count(self, w: Work, count: CountRecorded) -> None:
        known = count.known_at.when(self._zone).at
        subject_id = {
            "person": lambda: self._person(count.subject),
            "place": lambda: self._place(count.subject),
            "number": lambda: self._number(w, count.subject, known),
        }[count.on]()
        w.uow.append(
            tables.history_count,
            known_at=known,
            incident_id=None,
            subject=count.on,
            subject_id=subject_id,
            number=count.number,
            counted=count.counted,
            span=count.span,
            source=count.source,
        )

    def _known(
        self, known_at: Told | None, happened: Told | None, default: datetime | None = None
    ) -> datetime:
        if known_at is not None:
            return known_at.when(self._zone).at
        if happened is not None:
            return happened.known_by(self._zone)
        assert default is not None
        return default

    def _happened(self, told: Told) -> dict[str, Any]:
        when = told.when(self._zone)
        return {"happened_at": when.at, "happened_precision": when.precision.value}

    def _number(self, w: Work, given: str, known: datetime) -> int:
        told = number_given(given)
        form = told.e164
        if not form:
            raise BadInput(told.sentence, "numbers")
        if form not in self.numbers:
            self.numbers[form] = w.uow.append(tables.number, known_at=known, e164=form, as_given=given)
        return self.numbers[form]

    def _person(self, ref: str) -> int:
        return self._found(self.people, ref, "person")

    def _place(self, ref: str) -> int:
        return self._found(self.places, ref, "place")

    def _found(self, known: dict[str, int], ref: str, what: str) -> int:
        if ref not in known:
            raise BadInput(f"There is no {what} {ref} in records.", "records")
        return known[ref]
