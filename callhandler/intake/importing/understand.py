"""A row understood by the mapping: what it makes, or which cell does not fit and why. It comes in whole or not at all."""

from datetime import datetime
from zoneinfo import ZoneInfo

from callhandler.intake.importing.cells import Cells, Reading, no_column, point, where
from callhandler.intake.importing.mapping import (
    AnyPerson,
    Cell,
    FileRead,
    IncidentMade,
    MarkerMade,
    NoteMade,
    OrderMade,
    PersonById,
    PersonMade,
    PlaceMade,
    RelationMade,
    VehicleMade,
)
from callhandler.intake.importing.mapping_file import Read
from callhandler.intake.importing.records import (
    IncidentSeen,
    MarkerSeen,
    NoteSeen,
    OrderSeen,
    PersonNamed,
    PersonSeen,
    PlaceSeen,
    RelationSeen,
    Understood,
    VehicleSeen,
)
from callhandler.intake.importing.rows import Rejected, Row, Unfit
from callhandler.intake.importing.survey import OURS
from callhandler.model.people import Relation, Role
from callhandler.model.when import When


class Understanding:
    """Understands the rows of one file. `now` is when it is read: history does not lie ahead."""

    def __init__(self, read: Read, file: FileRead, now: datetime) -> None:
        mapping = read.mapping
        self._file = file
        self._reading = Reading(mapping.blank, mapping.codes, read.zone, mapping.times, now)
        self._left_out = [(one.column, frozenset(w.casefold() for w in one.words)) for one in file.leave_out]

    @property
    def zone(self) -> ZoneInfo:
        """The local time of the file."""
        return self._reading.zone

    def row(self, row: Row) -> Understood | Rejected | None:
        """What a row makes; why it does not come in; or None where the mapping leaves it out."""
        cells = row.cells
        if any(cells.get(column, "").strip().casefold() in words for column, words in self._left_out):
            return None
        self._reading.said = []
        try:
            return self._understood(row.number, cells)
        except Unfit as error:
            own = {name: value for name, value in cells.items() if name not in OURS}
            return Rejected(row.number, error.column, error.value, error.reason, own, code=error.code)

    def _understood(self, number: int, cells: Cells) -> Understood:
        file, reading = self._file, self._reading
        told = reading.past(cells, file.known_at)
        incident = self._incident(cells, file.incident) if file.incident else None
        persons = (self._person(cells, i, p) for i, p in enumerate(file.persons))
        return Understood(
            row=number,
            incident=incident,
            of_incident=reading.id(cells, file.of_incident, "The incident's id"),
            persons=tuple(p for p in persons if p is not None),
            places=tuple(p for one in file.places if (p := self._place(cells, one)) is not None),
            vehicles=tuple(v for one in file.vehicles if (v := self._vehicle(cells, one)) is not None),
            relations=tuple(r for one in file.relations if (r := self._relation(cells, one)) is not None),
            orders=tuple(o for one in file.orders if (o := self._order(cells, one)) is not None),
            markers=tuple(m for one in file.markers if (m := self._marker(cells, one)) is not None),
            known_at=told.known_by if told else None,
            said=tuple(reading.said),
        )

    def _incident(self, cells: Cells, made: IncidentMade) -> IncidentSeen:
        reading = self._reading
        key = reading.id(cells, made.id, "The incident's id")
        opened = reading.past(cells, made.opened)
        if opened is None:
            why = f"When it was opened is missing here.{no_column(cells, made.opened)}"
            raise Unfit(made.opened.column or made.opened.columns[0], "", why)
        known = reading.past(cells, made.known_at)
        kind = reading.text(cells, made.type)
        if not kind:
            raise Unfit(where(made.type), "", f"The type is missing here.{no_column(cells, made.type)}")
        outcome, priority = reading.text(cells, made.outcome), reading.text(cells, made.priority)
        if priority:
            outcome = f"{outcome}. Priority there: {priority}" if outcome else f"Priority there: {priority}"
        return IncidentSeen(
            key=key,
            reference=reading.text(cells, made.reference) or key,
            opened=opened.when,
            known_at=max(known.known_by, opened.when.at) if known else opened.known_by,
            type=kind,
            summary=reading.text(cells, made.summary),
            outcome=outcome,
            undone=reading.text(cells, made.undone),
            target_met=self._yes_no(cells, made.target_met),
            place=self._place(cells, made.place) if made.place else None,
            number=reading.text(cells, made.number),
            notes=tuple(n for one in made.notes if (n := self._note(cells, one)) is not None),
        )

    def _note(self, cells: Cells, made: NoteMade) -> NoteSeen | None:
        text = self._reading.text(cells, made.text)
        if not text:
            return None
        at = self._reading.past(cells, made.at)
        return NoteSeen(text, at.when if at else None, made.kind, self._reading.text(cells, made.author))

    def _place(self, cells: Cells, made: PlaceMade) -> PlaceSeen | None:
        reading = self._reading
        key = reading.text(cells, made.id)
        address = reading.text(cells, made.address)
        if not address and not key:
            return None
        return PlaceSeen(
            key=key,
            address=address,
            label=reading.text(cells, made.label),
            postcode=reading.text(cells, made.postcode),
            kind=reading.text(cells, made.kind),
            point=point(reading, cells, made.latitude, made.longitude),
            within_metres=made.within_metres,
        )

    def _person(self, cells: Cells, index: int, made: PersonMade) -> PersonSeen | None:
        reading = self._reading
        key, name = reading.text(cells, made.id), reading.text(cells, made.name)
        number = reading.text(cells, made.number)
        if not key and not name and not number:
            return None
        role = self._role(cells, made.role)
        known = reading.past(cells, made.known_at)
        return PersonSeen(
            nth=index,
            label=made.label or "",
            key=key,
            name=name,
            role=role,
            born=reading.text(cells, made.born),
            aliases=tuple(a for one in made.aliases if (a := reading.text(cells, one))),
            number=number,
            place=self._place(cells, made.place) if made.place else None,
            tie=made.tie,
            known_at=known.known_by if known else None,
        )

    def _role(self, cells: Cells, made: Role | Cell | None) -> Role | None:
        if made is None or isinstance(made, Role):
            return made
        found = self._reading.text(cells, made, "blank")
        if not found:
            if made.otherwise != "blank":
                raise Unfit(where(made), "", "The role is missing here.")
            return None
        try:
            return Role(found)
        except ValueError:
            raise Unfit(where(made), found, f"{found} is no role; roles are {', '.join(Role)}.") from None

    def _named(self, cells: Cells, made: AnyPerson, what: str) -> PersonNamed:
        if isinstance(made, PersonById):
            return PersonNamed(key=self._reading.id(cells, made.id, what))
        return PersonNamed(label=made)

    def _maybe_named(self, cells: Cells, made: AnyPerson | None) -> PersonNamed | None:
        if made is None:
            return None
        if isinstance(made, PersonById):
            key = self._reading.text(cells, made.id)
            return PersonNamed(key=key) if key else None
        return PersonNamed(label=made)

    def _vehicle(self, cells: Cells, made: VehicleMade) -> VehicleSeen | None:
        reading = self._reading
        registration = reading.text(cells, made.registration)
        description = reading.text(cells, made.description)
        if not registration and not description:
            return None
        if made.person is None or self._file.incident or self._file.of_incident:
            person = self._maybe_named(cells, made.person)
        else:
            person = self._named(cells, made.person, "The vehicle's person")
        return VehicleSeen(
            reading.text(cells, made.id),
            registration,
            description,
            person,
            self._known(cells, made),
        )

    def _relation(self, cells: Cells, made: RelationMade) -> RelationSeen | None:
        relation = made.relation
        if isinstance(relation, Cell):
            found = self._reading.text(cells, relation, "")
            try:
                relation = Relation(found)
            except ValueError:
                why = f"{found or 'Nothing'} is no relation; they are {', '.join(Relation)}."
                raise Unfit(where(made.relation), found, why) from None  # type: ignore[arg-type]
        return RelationSeen(
            self._named(cells, made.a, "The first person's id"),
            relation,
            self._named(cells, made.of, "The other person's id"),
            self._known(cells, made),
        )

    def _order(self, cells: Cells, made: OrderMade) -> OrderSeen | None:
        reading = self._reading
        kind = reading.text(cells, made.type, "")
        if not kind:
            return None
        when = reading.past(cells, made.made)
        expires = reading.time(cells, made.expires)
        ended = reading.past(cells, made.discharged)
        return OrderSeen(
            key=reading.text(cells, made.id),
            type=kind,
            protected=self._maybe_named(cells, made.protected),
            respondent=self._maybe_named(cells, made.respondent),
            court=reading.text(cells, made.court),
            made=when.when if when else None,
            expires=_end(expires.when, expires.known_by) if expires else None,
            without_notice=self._yes_no(cells, made.without_notice),
            from_records=made.from_records,
            discharged=ended.known_by if ended else None,
            known_at=self._known(cells, made) or (when.known_by if when else None),
        )

    def _marker(self, cells: Cells, made: MarkerMade) -> MarkerSeen | None:
        reading = self._reading
        code = reading.text(cells, made.code)
        if not code:
            return None
        since = reading.past(cells, made.since)
        if since is None:
            raise Unfit(
                made.since.column or made.since.columns[0],
                "",
                "Since when the marker stands is missing here.",
            )
        return MarkerSeen(
            key=reading.text(cells, made.id),
            on=made.on,
            subject=reading.id(cells, made.subject, "What the marker is on"),
            code=code,
            text=reading.text(cells, made.text),
            set_by=reading.text(cells, made.set_by),
            since=since.when,
            known_at=self._known(cells, made) or since.known_by,
        )

    def _known(
        self, cells: Cells, made: VehicleMade | RelationMade | OrderMade | MarkerMade
    ) -> datetime | None:
        told = self._reading.past(cells, made.known_at)
        return told.known_by if told else None

    def _yes_no(self, cells: Cells, made: Cell | None) -> str:
        found = self._reading.text(cells, made, "blank").casefold() or "unknown"
        if found not in ("yes", "no", "unknown"):
            raise Unfit(where(made), found, f"{found} is none of yes, no and unknown.")
        return found


def _end(when: When, known_by: datetime) -> datetime:
    # An order that ends on a day stands until that day has passed.
    return known_by if known_by > when.at else when.at
