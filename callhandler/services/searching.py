"""One search over everything held: people, places, numbers, vehicles, incidents, and what was written and told.

Finding writes nothing; that it was done, and whatever is opened from it, is a consultation (DPA 2018 s.62).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.model.order import OrderStanding
from callhandler.model.picture import Picture
from callhandler.model.sameness import KINDS, PERSON
from callhandler.model.search import Found, Group, GroupFound
from callhandler.rules import linked, live_orders
from callhandler.rules.asking_for import told_apart
from callhandler.rules.joined import joined
from callhandler.services import entries, indexing, search_groups
from callhandler.services.desk import View, view_of
from callhandler.services.office import DESK, REVIEW, Office, line, require, work
from callhandler.services.search_finder import Finder
from callhandler.services.unseen import kept_from
from callhandler.store import beside, pictures, subjects, words
from callhandler.store.engine import Connection
from callhandler.store.pictures.reader import EVERY_RECORD, Reader
from callhandler.store.unit_of_work import reading

COUNT_AGAIN_SECONDS = 20.0
"""While not all can be found, how far it is is counted this often at most: it reads an index through."""

_GROUPS = {
    words.TEXTS: Group.TEXT,
    words.REFERENCES: Group.INCIDENTS,
    words.NAMES: Group.PEOPLE,
    words.PLACES: Group.PLACES,
    words.NUMBERS: Group.NUMBERS,
    words.VEHICLES: Group.VEHICLES,
}


@dataclass(frozen=True)
class Opened:
    """What was opened from a search: whose or what, and everything linked to it as of now."""

    subject: str
    subject_id: int
    picture: Picture
    orders: tuple[OrderStanding, ...]
    reasons: dict[int, str]
    view: View | None = None
    type_names: dict[str, str] = field(default_factory=dict)


class Searching:
    """Looks through what is held for a line of words, and opens what was found."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._counted: dict[Group, tuple[float, int, int]] = {}
        self._whole_at: int | None = None

    def find(self, actor: Actor, asked: str, wanted: Callable[[], bool] = lambda: True) -> Found:
        """Everything that a line may mean, group by group. Writes nothing, and raises nothing whatever is typed.

        `wanted` is asked between the groups, and before each wait for a shared database: where it says no nothing is
        found, and `stopped` is set.
        """
        require(actor, *DESK, *REVIEW)
        told = told_apart(asked, self._office.clock.now())
        if told.nothing:
            return Found(told)
        with reading(self._office.engine) as connection:
            read = Reader(connection, self._office.clock.now(), EVERY_RECORD)
            may_see = bool(actor.rights & set(DESK))
            finder = Finder(connection, read, told, self._office.policy, may_see)
            looking = beside.together(search_groups.find(finder, wanted), self._wanting(connection))
            try:
                some, wanting = beside.at_once(connection, looking, wanted)
            except beside.Overtaken:
                return Found(told, stopped=True)
            behind = self._behind(connection, wanting)
        found = {group: of for group, of in some.items() if of.hits}
        groups = (GroupFound(group, of.hits, of.counted, of.more) for group, of in found.items())
        return Found(told, tuple(groups), behind)

    def settled(self, actor: Actor, found: Found, purpose: str) -> None:
        """Record that these words were looked for and the results shown: once, when they stood there, not for every key.

        Raises BadInput without a purpose.
        """
        require(actor, *DESK, *REVIEW)
        why = line(purpose, "The purpose")
        with work(self._office) as w:
            entries.searched(w, actor, line(found.asked.line, "The search"), len(found.hits), why)

    def open(self, actor: Actor, purpose: str, subject: str, subject_id: int) -> Opened:
        """Open a person, a place, a number or an incident that was found. The consultation is written first.

        Raises BadInput without a purpose, or where there is no such record here.
        """
        require(actor, *DESK, *REVIEW)
        why = line(purpose, "The purpose")
        with work(self._office) as w:
            if subject == "person":
                entries.opened_history(w, actor, None, subject_id, why)
            elif subject == "place":
                entries.opened_place(w, actor, None, subject_id, why)
            elif subject == "number":
                for person_id in subjects.people_of_number(w.uow.connection, subject_id):
                    entries.opened_history(w, actor, None, person_id, why)
            elif subject == "incident":
                entries.opened_incident(w, actor, subject_id, why)
            else:
                raise BadInput(f"A {subject} cannot be opened.", "search")
        now = self._office.clock.now()
        with reading(self._office.engine) as connection:
            kept = kept_from(connection, actor)
            if subject == "incident":
                picture = pictures.of_incident(connection, subject_id, now)
                if picture.incident is None:
                    raise BadInput(f"There is no incident {subject_id} here.")
                # Judged as it is, and only then shown without what may not be seen.
                view = kept.out_of_all(view_of(picture, self._office, actor.user_id, False))
                return self._opened(subject, subject_id, kept.out_of_all(picture), view)
            picture = pictures.of_people(
                connection,
                now,
                people=[subject_id] if subject == "person" else [],
                places=[subject_id] if subject == "place" else [],
                numbers=[subject_id] if subject == "number" else [],
            )
            return self._opened(subject, subject_id, kept.out_of_all(picture))

    def _opened(self, subject: str, subject_id: int, picture: Picture, view: View | None = None) -> Opened:
        orders = live_orders.standing_orders(joined(picture), self._office.policy)
        why = linked.reasons(picture, orders)
        reasons = {i.id: linked.in_words(why[i.id]) for i in picture.linked}
        whole = joined(picture)
        if subject in KINDS:
            # As whom the record that was found is read.
            found = whole.person(subject_id) if subject == PERSON else whole.place(subject_id)
            subject_id = found.id if found else subject_id
        types = {t.id: t.name for t in self._office.policy.pack.types}
        return Opened(subject, subject_id, whole, orders, reasons, view, types)

    async def _wanting(self, connection: Connection) -> tuple[words.Index, ...]:
        """The indexes in which something lacks its words: asked only where something was recorded since nothing did."""
        newest = await words.newest_of_all(connection)
        if newest == self._whole_at:
            return ()
        wanting = await words.asking_behind(connection)
        if not wanting:
            self._whole_at = newest
        return wanting

    def _behind(
        self, connection: Connection, wanting: tuple[words.Index, ...]
    ) -> tuple[tuple[Group, int, int], ...]:
        found = []
        for index in wanting:
            group = _GROUPS[index]
            at, done, of = self._counted.get(group, (0.0, 0, 0))
            if not at or time.monotonic() - at > COUNT_AGAIN_SECONDS:
                done, of = words.counted(connection, index)
                self._counted[group] = (time.monotonic(), done, of)
            found.append((group, done, of))
        return tuple(found)

    def add_words(self) -> int:
        """Make the next rows searchable that were brought in without their words; 0 when there are no more."""
        return indexing.add_words(self._office)
