"""The composition root: settings in, one App out. Nothing else builds services."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from callhandler.clock import Clock, SystemClock
from callhandler.errors import BadInput
from callhandler.policy.known import load_once
from callhandler.policy.loader import scheme_names
from callhandler.policy.pack import Policy
from callhandler.services.backups import Say, bring_up_to_date
from callhandler.services.calls import Calls
from callhandler.services.contacts import Contacts
from callhandler.services.corrections import Corrections
from callhandler.services.custody import Custody
from callhandler.services.desk import Desk
from callhandler.services.drafts import Drafts
from callhandler.services.endings import Endings
from callhandler.services.escalations import Escalations
from callhandler.services.identity import Identity
from callhandler.services.incidents import Incidents
from callhandler.services.indexing import AT_OPENING, add_all_words
from callhandler.services.judgements import Judgements
from callhandler.services.keying import keep_all_keys
from callhandler.services.lookup import Lookup
from callhandler.services.merges import Merges
from callhandler.services.office import Office
from callhandler.services.orders import Orders
from callhandler.services.owners import Owners
from callhandler.services.papers import Papers
from callhandler.services.progress import Progress
from callhandler.services.proposals import Proposals
from callhandler.services.reviews import Reviews
from callhandler.services.rings import Rings, ring_file
from callhandler.services.safety import Safety
from callhandler.services.searching import Searching
from callhandler.services.suggesting import Suggesting
from callhandler.services.surroundings import Surroundings
from callhandler.services.telling import Telling
from callhandler.services.transfers import Transfers
from callhandler.services.whereabouts import Whereabouts
from callhandler.services.withholding import Withholding
from callhandler.settings import Settings, from_environment

# A live desk plays no scenario, so what reads and plays one is imported when it is asked for.
if TYPE_CHECKING:
    from callhandler.services.imports import Imports
    from callhandler.services.linking.judging import ProposedPairs


@dataclass(frozen=True)
class App:
    """Everything a screen or a command works with."""

    settings: Settings
    office: Office
    identity: Identity
    calls: Calls
    telling: Telling
    suggesting: Suggesting
    whereabouts: Whereabouts
    surroundings: Surroundings
    orders: Orders
    progress: Progress
    safety: Safety
    escalations: Escalations
    transfers: Transfers
    proposals: Proposals
    papers: Papers
    withholding: Withholding
    incidents: Incidents
    reviews: Reviews
    corrections: Corrections
    judgements: Judgements
    merges: Merges
    endings: Endings
    contacts: Contacts
    desk: Desk
    lookup: Lookup
    searching: Searching
    owners: Owners
    drafts: Drafts
    rings: Rings
    custody: Custody

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self.office.policy

    @property
    def proposed(self) -> "ProposedPairs":
        """Judging who may stand twice. Few windows do, so it is imported when it is asked for."""
        from callhandler.services.linking.judging import ProposedPairs

        return ProposedPairs(self.office)

    @property
    def imports(self) -> "Imports":
        """Bringing history in. Few windows do, so what reads and understands files is imported when it is asked for."""
        from callhandler.services.imports import Imports

        return Imports(self.office)

    def close(self) -> None:
        """Let go of the database."""
        self.office.engine.dispose()


def open_app(
    settings: Settings,
    clock: Clock | None = None,
    kind: str = "LIVE",
    played: str = "",
    say: Say | None = None,
) -> App:
    """Open the store (making a new one of `kind` when there is none) and the policy. `played` names what is replayed in it.

    `say` is told of what takes long: names that were brought in, or whose keys a new version makes anew.
    Raises BadInputs for a broken policy, before the store is touched; Environment when the store cannot be used.
    """
    policy = load_policy(settings)
    clock = clock or SystemClock()
    custody = Custody.opening(settings.database, clock, kind)
    office = Office(custody.engine, clock, policy, custody.kind)
    if played:
        office = replace(office, decision_uuid=_same_each_time(played))
    custody.keep_policy(policy, settings.scheme)
    keep_all_keys(office, say=_names_said(say) if say else None)
    add_all_words(office, AT_OPENING)
    return App(
        settings=settings,
        office=office,
        identity=Identity(office),
        calls=Calls(office),
        telling=Telling(office),
        suggesting=Suggesting(office),
        whereabouts=Whereabouts(office),
        surroundings=Surroundings(office),
        orders=Orders(office),
        progress=Progress(office),
        safety=Safety(office),
        escalations=Escalations(office),
        transfers=Transfers(office),
        proposals=Proposals(office),
        papers=Papers(office),
        withholding=Withholding(office),
        incidents=Incidents(office),
        reviews=Reviews(office),
        corrections=Corrections(office),
        judgements=Judgements(office),
        merges=Merges(office),
        endings=Endings(office),
        contacts=Contacts(office),
        desk=Desk(office),
        lookup=Lookup(office),
        searching=Searching(office),
        owners=Owners(office),
        drafts=Drafts(settings.data_folder / "drafts.sqlite"),
        rings=Rings(ring_file(settings.data_folder), settings.database, clock),
        custody=custody,
    )


def open_up_to_date(settings: Settings, say: Say) -> App:
    """Open the store for a window; one of an earlier version is backed up and migrated first, and each step is said.

    Raises as `open_app` does; a broken policy is found before anything is migrated.
    """
    load_policy(settings)
    bring_up_to_date(settings.database, SystemClock(), say)
    say("Opening the store", 1.0)
    return open_app(settings, say=say)


def _names_said(say: Say) -> Callable[[int, int], None]:
    return lambda given, of: say(f"Making names and addresses findable: {given:,} of {of:,}", given / of)


def load_policy(settings: Settings) -> Policy:
    """The policy of the settings' folder and scheme. Raises BadInputs with file and line of every fault."""
    known = scheme_names(settings.policy_folder)
    if settings.scheme not in known:
        raise BadInput(f"There is no scheme {settings.scheme}; there are {', '.join(known)}.", "scheme")
    return load_once(settings.policy_folder, settings.scheme)


def keep_keys_of(database: str) -> int:
    """Give every name and address of a database its keys, as opening it would; how many were given."""
    settings, clock = from_environment(database), SystemClock()
    custody = Custody.opening(database, clock)
    try:
        return keep_all_keys(Office(custody.engine, clock, load_policy(settings), custody.kind))
    finally:
        custody.engine.dispose()


def _same_each_time(played: str) -> Callable[[], str]:
    """Ids that are the same in every replay of one scenario."""
    place = itertools.count(1)
    return lambda: str(uuid5(NAMESPACE_URL, f"{played}:{next(place)}"))
