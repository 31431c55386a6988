"""The composition root: settings in, one App out. Nothing else builds services."""

import itertools
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from callhandler.clock import Clock, PacedClock, ScenarioClock, SharedClock, SystemClock
from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.policy.known import load_once
from callhandler.policy.loader import scheme_names
from callhandler.policy.pack import Policy
from callhandler.services.calls import Calls
from callhandler.services.contacts import Contacts
from callhandler.services.corrections import Corrections
from callhandler.services.custody import Custody, Say, bring_up_to_date
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
from callhandler.settings import Settings, from_environment, resources

# A live desk plays no scenario, so what reads and plays one is imported when it is asked for.
if TYPE_CHECKING:
    from callhandler.intake.scenario import Scenario
    from callhandler.services.imports import Imports
    from callhandler.services.linking.judging import ProposedPairs
    from callhandler.services.replay import Replay, Step
    from callhandler.services.training.exercising import Exercising
    from callhandler.services.training.watching import Watch


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


def open_app(settings: Settings, clock: Clock | None = None, kind: str = "LIVE", played: str = "") -> App:
    """Open the store (making a new one of `kind` when there is none) and the policy. `played` names what is replayed in it.

    Raises BadInputs for a broken policy, before the store is touched; Environment when the store cannot be used.
    """
    policy = load_policy(settings)
    clock = clock or SystemClock()
    custody = Custody.opening(settings.database, clock, kind)
    office = Office(custody.engine, clock, policy, custody.kind)
    if played:
        office = replace(office, decision_uuid=_same_each_time(played))
    custody.keep_policy(policy, settings.scheme)
    keep_all_keys(office)
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
    return open_app(settings)


def load_policy(settings: Settings) -> Policy:
    """The policy of the settings' folder and scheme. Raises BadInputs with file and line of every fault."""
    known = scheme_names(settings.policy_folder)
    if settings.scheme not in known:
        raise BadInput(f"There is no scheme {settings.scheme}; there are {', '.join(known)}.", "scheme")
    return load_once(settings.policy_folder, settings.scheme)


def population_folder() -> Path:
    """The shipped population of made-up calls."""
    return resources() / "population"


def keep_keys_of(database: str) -> int:
    """Give every name and address of a database its keys, as opening it would; how many were given."""
    settings, clock = from_environment(database), SystemClock()
    custody = Custody.opening(database, clock)
    try:
        return keep_all_keys(Office(custody.engine, clock, load_policy(settings), custody.kind))
    finally:
        custody.engine.dispose()


def training_folder() -> Path:
    """The shipped scenarios."""
    return resources() / "training"


def find_scenario(name: str) -> Path:
    """A scenario by file, or a shipped one by name (`solihull-night`, or `night` for short)."""
    return _found({"night": "solihull-night"}.get(name, name), training_folder(), "scenario")


def exercises_folder() -> Path:
    """The shipped exercises."""
    return training_folder() / "exercises"


def find_exercise(name: str) -> Path:
    """An exercise by file, or a shipped one by name."""
    return _found(name, exercises_folder(), "exercise")


def _found(name: str, folder: Path, what: str) -> Path:
    path, shipped = Path(name), folder / f"{name}.yaml"
    if path.is_file():
        return path
    if shipped.is_file():
        return shipped
    known = ", ".join(sorted(p.stem for p in folder.glob("*.yaml")))
    raise BadInput(f"There is no file {name}, and no shipped {what} of that name; there are {known}.", what)


def sittings_folder(settings: Settings) -> Path:
    """Where sittings at exercises are kept; `CALLHANDLER_SITTINGS` names one that several desks share."""
    return Path(os.environ.get("CALLHANDLER_SITTINGS") or settings.data_folder / "sittings")


@dataclass(frozen=True)
class ExerciseDesk:
    """A trainee's desk: the live desk's services over a training store, and the exercise that runs at it."""

    app: App
    run: "Exercising"
    actor: Actor
    folder: Path


def open_exercise(
    settings: Settings, name: str, trainee: str = "", cohort: str = "", folder: Path | None = None
) -> ExerciseDesk:
    """Begin a sitting at an exercise; the clock stands until it is given a pace. The live store is never opened.

    `folder` is where the sitting is kept, a new one without it.
    """
    from callhandler.services.training.sitting import begin

    file = find_exercise(name)
    now = datetime.now(UTC)
    where = folder or sittings_folder(settings) / f"{file.stem}-{now:%Y%m%d-%H%M%S}-{os.getpid()}"
    sitting = begin(where, file, trainee, cohort, now)
    app, run = _sitting_at(settings, where, new=True)
    return ExerciseDesk(app, run, run.prepare(sitting.trainee), where)


def resume_exercise(settings: Settings, folder: Path) -> ExerciseDesk:
    """Take up a sitting where it was left, after a kill or a closed window."""
    app, run = _sitting_at(settings, folder)
    return ExerciseDesk(app, run, run.go_on(), folder)


@contextmanager
def looking_at_sitting(settings: Settings, folder: Path) -> "Iterator[tuple[App, Exercising]]":
    """A sitting as it was left or as it stands now, for whoever scores or watches it: nobody is signed in."""
    app, run = _sitting_at(settings, folder)
    try:
        yield app, run
    finally:
        app.close()


def watch_sitting(settings: Settings, folder: Path) -> "Watch":
    """A sitting for whoever watches it from elsewhere: its files are read and nothing of them is written."""
    from callhandler.services.training.sitting import sitting_of
    from callhandler.services.training.watching import Watch

    return Watch(folder, load_policy(replace(settings, scheme=sitting_of(folder).scheme)))


def exercise_folders(settings: Settings) -> tuple[Path, ...]:
    """Where exercises are: the shipped ones, and a trainer's own; `CALLHANDLER_EXERCISES` names another folder for these."""
    own = os.environ.get("CALLHANDLER_EXERCISES") or settings.data_folder / "exercises"
    return exercises_folder(), Path(own)


def _sitting_at(settings: Settings, folder: Path, *, new: bool = False) -> "tuple[App, Exercising]":
    from callhandler.intake.exercise import times_to_start
    from callhandler.services.training.exercising import Exercising
    from callhandler.services.training.sitting import CLOCK, STORE, exercise_of, sitting_of

    sitting, exercise = sitting_of(folder), exercise_of(folder)
    own = replace(settings, database=str(folder / STORE), scheme=sitting.scheme, data_folder=folder)
    clock = PacedClock(folder / CLOCK, times_to_start(exercise) if new else None)
    app = open_app(own, clock, "TRAINING", exercise.exercise)
    return app, Exercising(app.office, exercise, folder)


@contextmanager
def replaying(path: Path, settings: Settings, database: Path | None = None) -> "Iterator[Replay]":
    """A replay of a scenario on a fresh training store, which is gone afterwards unless `database` says where to keep it."""
    from callhandler.intake.scenario import read_scenario
    from callhandler.services.replay import Replay

    scenario = read_scenario(path)
    if not scenario.events:
        raise BadInput(
            f"{scenario.scenario} holds records but no events; there is nothing to play.", path.name
        )
    with tempfile.TemporaryDirectory(prefix="callhandler-") as folder:
        app = open_replay(scenario, settings, database or Path(folder) / "replay.sqlite", Path(folder))
        try:
            yield Replay(app.office, scenario)
        finally:
            app.close()


def _same_each_time(played: str) -> Callable[[], str]:
    """Ids that are the same in every replay of one scenario."""
    place = itertools.count(1)
    return lambda: str(uuid5(NAMESPACE_URL, f"{played}:{next(place)}"))


def open_replay(scenario: "Scenario", settings: Settings, database: Path, data_folder: Path) -> App:
    """An App over a fresh training store on the scenario's own clock, set to its first event."""
    from callhandler.intake.scenario import times_of

    if database.exists():
        raise BadInput(f"{database.name} exists already; a replay needs a fresh store.", "database")
    own = replace(settings, database=str(database), scheme=scenario.scheme, data_folder=data_folder)
    return open_app(own, ScenarioClock(times_of(scenario)[0]), "TRAINING", scenario.scenario)


@dataclass(frozen=True)
class Demonstration:
    """The shipped night on a training store of its own, played up to an event, to be gone on with by hand or by steps."""

    app: App
    replay: "Replay"
    actor: Actor
    database: Path

    @property
    def incident_id(self) -> int | None:
        """The incident of the night; None before its first call."""
        return self.replay.incident_id

    def next(self) -> "Step | None":
        """Play the next event; None when the night is over."""
        return next(self.replay.play(), None)


def open_demonstration(
    settings: Settings, until: str = "going-to-mothers", name: str = "night"
) -> Demonstration:
    """Make a fresh demonstration store, play the night up to the event `until`, and sign in as its handler.

    With an empty `until` nothing is played: its people and their history are there, and its calls are taken by hand.
    """
    from callhandler.intake.scenario import read_scenario, times_of
    from callhandler.services.replay import Replay

    scenario = read_scenario(find_scenario(name))
    folder = settings.data_folder / "demonstration"
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / f"night-{datetime.now(UTC):%Y%m%d-%H%M%S}-{os.getpid()}.sqlite"
    clock = SharedClock(database.with_suffix(".clock"), times_of(scenario)[0])
    own = replace(settings, database=str(database), scheme=scenario.scheme, data_folder=folder)
    app = open_app(own, clock, "TRAINING", scenario.scenario)
    replay = Replay(app.office, scenario)
    if until:
        for _ in replay.play_until(until):
            pass
    else:
        replay.prepare()
    clock.release()
    database.with_suffix(".scheme").write_text(scenario.scheme, encoding="utf-8")
    (folder / "latest").write_text(database.name, encoding="utf-8")
    return Demonstration(app, replay, replay.actor("handler"), database)


def join_demonstration(settings: Settings, name: str = "supervisor") -> tuple[App, Actor]:
    """Sit down at another desk of the demonstration that was opened last, as one of its people."""
    folder = settings.data_folder / "demonstration"
    latest = folder / "latest"
    if not latest.is_file():
        raise BadInput("No demonstration is open. Open one first: callhandler demo", "demo")
    database = folder / latest.read_text(encoding="utf-8").strip()
    scheme = database.with_suffix(".scheme").read_text(encoding="utf-8")
    own = replace(settings, database=str(database), scheme=scheme, data_folder=folder)
    app = open_app(own, SharedClock(database.with_suffix(".clock")), kind="TRAINING")
    return app, app.identity.open_session(name)
