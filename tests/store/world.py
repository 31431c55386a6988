"""A small world: every table holds a row, and a lowering went the whole way to a supervisor's agreement."""

from callhandler.clock import ScenarioClock
from callhandler.model.actor import Actor, Right
from callhandler.model.assessment import RationaleAnswer, Verdict
from callhandler.model.when import to_micros
from callhandler.policy.pack import Policy
from callhandler.services.custody import Custody
from callhandler.services.identity import Identity
from callhandler.services.incidents import Incidents
from callhandler.services.keying import keep_keys
from callhandler.services.office import Office, work
from callhandler.store import import_keys, proposing
from callhandler.store.bulk import Block
from callhandler.store.tables import JOURNALLED, import_file, marker, metadata, number, person
from callhandler.store.unit_of_work import reading
from tests.store.routes import fill_routes
from tests.store.rows import COPY, values
from tests.stores import NOW, Store

BY_SERVICES = frozenset(
    [
        "desk_user", "policy_pack", "policy_activation", "assessment", "assessment_warning", "request", "rationale",
        "rationale_answer", "refusal", "agreement", "decision", "request_subject", "authority", "authority_warning",
        "retraction", "incident_merge", "import_batch",
    ]
)  # fmt: skip


def open_office(store: Store, policy: Policy) -> Office:
    """The office of a store, opened as the application does."""
    custody = Custody.opening(store.database, ScenarioClock(NOW))
    custody.keep_policy(policy, "national")
    return Office(custody.engine, ScenarioClock(NOW), policy, custody.kind)


def sign_in(office: Office, name: str, *rights: Right) -> Actor:
    """A new user without a passphrase, signed in."""
    identity = Identity(office)
    identity.add_user(name, name.capitalize(), None, rights, granted_by="test")
    return identity.open_session(name, "desk 1")


def fill(store: Store, policy: Policy) -> None:
    """Put the small world into an empty store."""
    office = open_office(store, policy)
    handler = sign_in(office, "handler", Right.HANDLER)
    supervisor = sign_in(office, "supervisor", Right.SUPERVISOR)
    # First, so that the newest decision and its assessment are those of the lowering.
    fill_routes(office, handler)
    ids = {"desk_user": handler.user_id}
    with work(office) as w:
        file = w.uow.append(import_file, **values(import_file, {}))
        block = Block(w.uow, file)
        for table in (marker, number):
            block.add(table, known_at=to_micros(NOW), **values(table, {}))
        block.close("row 2")
    with work(office) as w:
        w.uow.keep_file(COPY)
        for table in JOURNALLED:
            if table.name not in BY_SERVICES:
                ids[table.name] = w.uow.append(table, **values(table, ids))
        keep_keys(w)
        import_keys.keep(w.uow.connection, "records", [("incident", "1", ids["incident"])])
        twice = w.uow.append(person, **values(person, ids))
        proposing.write(
            w.uow.connection, "a run", [(ids["person"], twice, 950_000, "the same given name", "")]
        )
    incident = ids["incident"]
    incidents = Incidents(office)
    assert incidents.grade(handler, incident, "I").accepted
    asked = incidents.grade(handler, incident, "P", "He is held.")
    assert asked.request_id
    answers = [
        RationaleAnswer(
            need.warning,
            "He was arrested at the counter and sits in a cell",
            "custody-officer",
            "custody-record",
        )
        for need in asked.needs
        if need.warning
    ]
    incidents.give_rationale(handler, incident, asked.request_id, "suspect-detained", "He is held.", answers)
    agreed = incidents.agree(supervisor, incident, asked.request_id, Verdict.AGREE, "Seen in the record.")
    assert agreed.accepted, agreed.needs
    with reading(office.engine) as connection:
        for table in metadata.sorted_tables:
            assert connection.execute(table.select().limit(1)).first(), f"{table.name} holds no row"
    office.engine.dispose()
