"""What papers read beyond the picture, on both engines: withheld addresses, a decision's rows with their proof, readers."""

from callhandler.model.actor import Right
from callhandler.policy.pack import Policy
from callhandler.services.papers import Papers
from callhandler.services.withholding import Withholding
from callhandler.store import papers, verify
from callhandler.store.unit_of_work import reading
from tests.store.test_picture_cost import statements, whole_tables_read
from tests.store.world import open_office, sign_in
from tests.stores import Store


def test_a_decision_is_read_whole_and_each_row_has_its_link(world: Store, policy: Policy) -> None:
    office = open_office(world, policy)
    with reading(office.engine) as connection, world.plain() as plain:
        decision = plain.row("SELECT * FROM decision WHERE request_id IS NOT NULL ORDER BY id DESC")
        upto, head = verify.head_of(connection)
        judged = papers.judged(connection, decision["assessment_id"])
        answers = papers.answers_of(connection, decision["request_id"], upto)
        grounds = papers.grounds_of(connection, decision["request_id"], upto)
        refusals = papers.refusals_of(connection, decision["request_id"], upto)
        proofs = papers.proofs(connection, [decision["id"], answers[0].id])
    assert len(judged.policy_digest) == 64 and judged.upto < decision["id"]
    assert all(a.accepted and a.what_changed for a in answers)
    assert grounds[-1].reason == "He is held."
    assert refusals and refusals[0].needs
    assert [p.kind for p in proofs] == ["rationale_answer", "decision"]
    assert all(len(p.hash) == 64 and len(p.prev) == 64 for p in proofs)
    assert len(head) == 64
    office.engine.dispose()


def test_nothing_after_the_snapshot_is_read(world: Store, policy: Policy) -> None:
    office = open_office(world, policy)
    with reading(office.engine) as connection, world.plain() as plain:
        request = plain.one("SELECT max(id) FROM request")
        assert papers.answers_of(connection, request, request) == ()
        assert papers.refusals_of(connection, request, request) == ()
    office.engine.dispose()


def test_the_newest_word_on_a_place_counts(world: Store, policy: Policy) -> None:
    office = open_office(world, policy)
    handler = sign_in(office, "papers", Right.HANDLER)
    with world.plain() as plain:
        place = plain.one("SELECT id FROM place ORDER BY id LIMIT 1")
    withholding = Withholding(office)
    withholding.withhold(handler, place, "her", "He must not learn it.")
    with reading(office.engine) as connection:
        assert place in {w.place_id for w in papers.withheld_now(connection)}
        written = papers.written_of(connection, [place])
    assert len(written[place]) >= 2
    withholding.lift(handler, place, "her", "She moved.")
    with reading(office.engine) as connection:
        assert place not in {w.place_id for w in papers.withheld_now(connection)}
    office.engine.dispose()


def test_made_read_and_found_again(world: Store, policy: Policy) -> None:
    office = open_office(world, policy)
    handler = sign_in(office, "papers", Right.HANDLER)
    with world.plain() as plain:
        decision = plain.row(
            "SELECT id, incident_id FROM decision WHERE request_id IS NOT NULL ORDER BY id DESC"
        )
        incident = plain.row("SELECT id, reference FROM incident WHERE id = :i", i=decision["incident_id"])
    own = Papers(office)
    assert own.incident_called(handler, str(incident["id"])) == incident["id"]
    assert own.incident_called(handler, incident["reference"]) == incident["id"]
    with statements(office.engine) as seen:
        own.incident_called(handler, incident["reference"])
    assert not whole_tables_read(office, seen)
    made = own.bundle(handler, incident["id"])
    own.acknowledge(handler, incident["id"], made.digest, "Unit 12")
    found = own.made(handler, incident["id"])[-1]
    assert (found.digest, [r.reader for r in found.reads]) == (made.digest, ["Unit 12"])
    assert own.decision(handler, incident["id"], decision["id"]).pdf().startswith(b"%PDF")
    with reading(office.engine) as connection:
        assert not list(verify.chain(connection))
    office.engine.dispose()
