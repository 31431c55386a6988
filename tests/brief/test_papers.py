"""The service: what each paper says of an incident, who made it and who read it, and what is refused."""

import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from callhandler.brief.facts import Facts
from callhandler.errors import BadInput, NotAllowed
from callhandler.model.actor import Right
from callhandler.model.facts import Reply
from callhandler.model.paper import PaperKind
from callhandler.model.people import Role
from callhandler.model.picture import Cut
from callhandler.model.proposal import Consent, Decided, ProposalKind
from callhandler.model.safety import Alone
from callhandler.services.contacts import Met
from callhandler.services.office import work
from callhandler.services.paper_facts import facts_of
from callhandler.services.papers import Made
from callhandler.services.telling import Told
from callhandler.store import tables
from callhandler.store.unit_of_work import reading
from tests.brief.conftest import Night, pages_of, words_of
from tests.unit.conftest import Desk


@pytest.fixture
def incident(desk: Desk) -> int:
    """An assault with an order told of, graded, with a child and a key."""
    found = desk.call(
        "Adult 1", place="4 Plover Lane, Solihull", number="07700 900123", type="domestic-abuse"
    )
    app, handler = desk.app, desk.handler
    app.telling.name_party(handler, found, "Her partner", Role.SUSPECT)
    app.telling.name_party(handler, found, "The child", Role.CHILD)
    told = Told("threat-to-kill", "He said he will kill me.", "Adult 1", "Her partner", "Adult 1")
    app.telling.tell(handler, found, told)
    app.telling.reply(handler, found, "keys-and-access", Reply.YES, "he has the back door's key")
    app.telling.reply(handler, found, "description", Reply.YES, "tall, a green coat")
    app.telling.reply(handler, found, "safe-contact", Reply.NO, "he reads her telephone")
    app.orders.declare(handler, found, "nmo", "Adult 1", "Her partner", "I have one.", "Adult 1")
    assert app.incidents.grade(handler, found, "I").accepted
    return found


def briefing(desk: Desk, incident: int) -> Made:
    return desk.app.papers.briefing(desk.handler, incident)


def part(made: Made, heading: str) -> str:
    """What a part of a paper says, as plain text."""
    (found,) = [p for p in made.content.parts if p.heading == heading]
    lines = [f"{line.label} {line.text} {line.rest}" for line in found.lines]
    return "\n".join(lines + ["; ".join(row) for row in (found.table.rows if found.table else ())])


def rows(desk: Desk, statement: str, **values: object) -> list[tuple[object, ...]]:
    with reading(desk.app.office.engine) as connection:
        return [tuple(row) for row in connection.execute(text(statement), values)]


# --- briefing ---------------------------------------------------------------------------------


def test_the_briefing_says_each_thing_in_its_place(desk: Desk, incident: int) -> None:
    made = briefing(desk, incident)
    assert made.content.banner[0].startswith("Immediate")
    assert "4 Plover Lane" in made.content.banner[1]
    assert "Adult 1" in part(made, "At risk")
    assert "The child" in part(made, "Children")
    assert "Her partner" in part(made, "Suspect") and "a green coat" in part(made, "Suspect")
    assert "He said he will kill me." in part(made, "Warnings")
    assert "A paper copy in police hands is not a condition of arrest" in part(made, "Orders, powers")
    assert "We can't arrest without seeing the order." in part(made, "Do not say")
    assert "“He said he will kill me.”" in part(made, "Told, still open")
    assert "the back door's key" in part(made, "Getting in")
    assert "he reads her telephone" in part(made, "Safe contact")
    assert "07700 900 123" in part(made, "Safe contact")


def test_each_person_at_risk_is_named(desk: Desk, incident: int) -> None:
    for number in range(2, 7):
        desk.app.telling.name_party(desk.handler, incident, f"Adult {number}", Role.AT_RISK)
    said = part(briefing(desk, incident), "At risk")
    assert all(f"Adult {number}" in said for number in range(1, 7))


def test_a_partner_whom_nobody_named_is_not_called_a_suspect(desk: Desk, incident: int) -> None:
    with work(desk.app.office) as w:
        picture = w.picture(incident)
        her, him = (
            next(p.id for p in picture.people if p.name == name) for name in ("Adult 1", "Her partner")
        )
        w.uow.append(tables.person_tie, a=him, b=her, relation="partner")
    desk.later(60 * 48)
    second = desk.call("Adult 1", place="9 Heron Row, Solihull", type="domestic-abuse", join="new")
    desk.app.telling.tell(desk.handler, second, Told("fear", "I am afraid.", "Adult 1"))
    said = part(briefing(desk, second), "Suspect")
    assert "Nobody is named yet." in said
    assert "Her partner partner of Adult 1; nobody said that it is this person" in " ".join(said.split())


def test_nothing_known_is_said_and_is_not_no(desk: Desk) -> None:
    made = briefing(desk, desk.call(""))
    assert "not asked is not no" in part(made, "Children")
    assert "not asked is not no" in part(made, "Getting in")
    assert "Whether it is safe to ring her is not recorded." in part(made, "Safe contact")
    assert "ask her" in part(made, "Orders, powers")
    assert "Nobody is named yet." in part(made, "Suspect")
    assert made.content.banner[0].startswith("Not graded")


def test_it_is_one_page_whatever_was_told(desk: Desk, incident: int) -> None:
    for number in range(60):
        told = Told("violence-now", f"He hit me, the {number}th time.", "Adult 1", "Her partner", "Adult 1")
        desk.app.telling.tell(desk.handler, incident, told)
    made = briefing(desk, incident)
    assert pages_of(made.pdf()) == 1
    (told_open,) = [p for p in made.content.parts if p.heading == "Told, still open"]
    words = {d.words for d in desk.view(incident).picture.disclosures if d.open and d.words}
    assert len(words) > 60
    assert len(told_open.lines) + told_open.more == len(words)
    assert "He said he will kill me." in part(made, "Warnings")


def test_it_is_of_its_instant_and_knows_nothing_later(desk: Desk, incident: int) -> None:
    before = desk.clock.now()
    desk.later(5)
    desk.app.telling.tell(desk.handler, incident, Told("weapon-seen", "He has a knife.", "Adult 1"))
    then = desk.app.papers.briefing(desk.handler, incident, as_of=before)
    assert "knife" not in then.text()
    assert "knife" in briefing(desk, incident).text()
    with pytest.raises(BadInput, match="still to come"):
        desk.app.papers.briefing(desk.handler, incident, as_of=desk.clock.now() + timedelta(minutes=1))


def test_made_again_from_its_record_it_is_the_same_to_the_byte(desk: Desk, incident: int) -> None:
    first = briefing(desk, incident)
    (kept,) = desk.app.papers.made(desk.handler, incident)
    desk.later(30)
    desk.app.telling.write(desk.handler, incident, "Something more.")
    again = desk.app.papers.briefing(desk.handler, incident, as_of=kept.as_of, upto=kept.upto)
    assert again.digest == first.digest == kept.digest
    assert again.pdf() == first.pdf()
    assert again.html() == first.html()


def test_what_holds_until_somebody_comes_is_on_the_briefing_and_in_the_bundle(
    desk: Desk, incident: int
) -> None:
    app, handler = desk.app, desk.handler
    app.safety.plan(handler, incident, "23:00", "The door is locked.", "Adult 1", Alone.YES)
    app.safety.promise(handler, incident, "Officers within the hour")
    person = desk.view(incident).picture.with_role(Role.CALLER)[0]
    met = Met(person, "spoken_to", "document", "yes", "yes", "officer", "Officer 4123", "She is unhurt.")
    app.contacts.record(handler, incident, met)
    said = part(briefing(desk, incident), "Safe contact")
    assert "Plan agreed: The door is locked, until 23:00" in said
    assert "Promised: “Officers within the hour”, until 21:00" in said
    assert "Adult 1, spoken to at 20:00, alone: yes" in said
    whole = desk.app.papers.bundle(handler, incident)
    assert "She is unhurt." in part(whole, "Seen or spoken to")
    assert "Officers within the hour" in part(whole, "Until somebody came")


# --- made and read ----------------------------------------------------------------------------


def test_who_made_it_of_whom_and_why_is_recorded(desk: Desk, incident: int) -> None:
    desk.app.papers.briefing(desk.handler, incident, "officers sent to the door")
    found = rows(
        desk,
        "SELECT p.name, c.what, c.purpose, u.name FROM consultation c JOIN person p ON p.id = c.person_id "
        "JOIN desk_user u ON u.id = c.user_id WHERE c.what LIKE 'paper%' ORDER BY p.name",
    )
    what = "paper: officers' briefing"
    assert found == [
        (name, what, "officers sent to the door", "handler")
        for name in ("Adult 1", "Her partner", "The child")
    ]
    with pytest.raises(BadInput, match="purpose"):
        desk.app.papers.briefing(desk.handler, incident, "  ")


def test_read_by_a_unit_it_is_on_the_incident(desk: Desk, incident: int) -> None:
    made = briefing(desk, incident)
    paper = desk.app.papers.acknowledge(desk.handler, incident, made.digest[:8].upper(), "Unit 12")
    assert (paper.kind, paper.digest) == (PaperKind.BRIEFING, made.digest)
    assert [(r.reader, r.author) for r in paper.reads] == [("Unit 12", "Handler 12")]
    last = desk.view(incident).picture.log[-1]
    assert last.text.startswith(f"Officers' briefing {made.digest[:8]}") and "read by Unit 12" in last.text


@pytest.mark.parametrize(
    ("digest", "match"), [("00000000", "No paper"), ("12", "first eight"), ("", "first eight")]
)
def test_what_was_not_made_cannot_have_been_read(desk: Desk, incident: int, digest: str, match: str) -> None:
    briefing(desk, incident)
    with pytest.raises(BadInput, match=match):
        desk.app.papers.acknowledge(desk.handler, incident, digest, "Unit 12")


def test_a_paper_of_one_incident_is_not_read_in_another(desk: Desk, incident: int) -> None:
    made = briefing(desk, incident)
    other = desk.call("Somebody else", place="9 Heron Row, Solihull")
    with pytest.raises(BadInput, match="No paper of this incident"):
        desk.app.papers.acknowledge(desk.handler, other, made.digest, "Unit 12")


def test_a_trainer_makes_no_paper(desk: Desk, incident: int) -> None:
    trainer = desk.sign_in("trainer", Right.TRAINER)
    with pytest.raises(NotAllowed):
        desk.app.papers.bundle(trainer, incident)
    assert desk.app.papers.made(trainer, incident) == ()


def test_no_such_incident_is_said(desk: Desk) -> None:
    for make in (desk.app.papers.briefing, desk.app.papers.bundle):
        with pytest.raises(BadInput, match="no incident 9999"):
            make(desk.handler, 9999)
    with pytest.raises(BadInput, match="There is no incident 2024/77"):
        desk.app.papers.incident_called(desk.handler, "2024/77")


def test_a_file_name_names_nobody(desk: Desk, incident: int) -> None:
    name = briefing(desk, incident).file_name
    assert re.fullmatch(r"briefing-[A-Za-z0-9-]+-\d{8}T\d{4}Z-[0-9a-f]{8}", name)


# --- decision ---------------------------------------------------------------------------------


def test_the_record_of_a_request_holds_what_was_asked_refused_and_answered(nights: dict[str, Night]) -> None:
    made = nights["00:26"].decision
    assert made.content.banner[0] == "Scheduled: asked for; Supervisor 3 kept the standing grade"
    assert "Immediate, by Handler 12" in part(made, "What was asked, and what stood")
    assert "Immediate, rank 1" in part(made, "What was asked, and what stood")
    assert "Nobody has seen him" in part(made, "A supervisor's answer")
    assert "did not count" in part(made, "Rationale") and "counted" in part(made, "Rationale")
    assert "answer to “order live”" in part(made, "Refused before") or "answer to" in part(
        made, "Refused before"
    )
    warnings = part(made, "Warnings then")
    assert "critical; Assault told of, suspect not found" in warnings
    assert "Immediate" in warnings


def test_the_proof_can_be_done_by_hand(desk: Desk, incident: int) -> None:
    decided = desk.view(incident).picture.decisions[-1]
    made = desk.app.papers.decision(desk.handler, incident, decided.id)
    (by_hand,) = [line for line in made.content.parts[-1].lines if line.label.startswith("By hand")]
    hashed = hashlib.sha256(by_hand.text.encode()).hexdigest()
    (row,) = rows(desk, "SELECT seq, kind, digest, prev, hash FROM journal WHERE seq = :s", s=decided.id)
    assert hashed == row[4]
    assert by_hand.text == f"{row[3]}|{row[0]}|{row[1]}|{row[2]}"
    assert str(row[4]) in part(made, "Proof in the journal")
    assert desk.view(incident).assessment.policy_digest in part(made, "Proof in the journal")


def test_the_head_is_the_journals(desk: Desk, incident: int) -> None:
    (head,) = rows(desk, "SELECT last, hash FROM head")
    made = desk.app.papers.decision(desk.handler, incident, desk.view(incident).picture.decisions[-1].id)
    assert f"record {head[0]}, {head[1]}" in part(made, "Proof in the journal")
    assert made.content.position == head[0]


def test_what_is_no_decision_of_this_incident_has_no_record(desk: Desk, incident: int) -> None:
    with pytest.raises(BadInput, match="no decision or request"):
        desk.app.papers.decision(desk.handler, incident, incident)


def test_leave_for_an_act_that_is_no_grade_has_its_record_too(desk: Desk, incident: int) -> None:
    for words in ("He hit me.", "He hit me again."):
        desk.app.telling.tell(
            desk.handler, incident, Told("violence-now", words, "Adult 1", "Her partner", "Adult 1")
        )
    twice = next(d.id for d in desk.view(incident).picture.disclosures if d.words == "He hit me again.")
    assert desk.app.corrections.retract(desk.handler, incident, twice, "Written twice.").accepted
    (leave,) = desk.view(incident).picture.authorities
    made = desk.app.papers.decision(desk.handler, incident, leave.id)
    assert made.content.banner[0].endswith(": allowed")
    assert "Nothing was recorded" not in made.text()
    assert f"{leave.id} (authority)" in part(made, "Proof in the journal")
    whole = desk.app.papers.bundle(desk.handler, incident)
    assert ": allowed" in part(whole, "Decisions")
    assert f"record {twice}; Written twice." in part(whole, "Taken back, as recorded in error")


# --- referral ---------------------------------------------------------------------------------


def refer(desk: Desk, incident: int, code: str, consent: Consent, reason: str = "") -> Made:
    desk.app.proposals.decide(
        desk.handler, incident, ProposalKind.REFERRAL, code, Decided.TAKEN, consent=consent, reason=reason
    )
    return desk.app.papers.referral(desk.handler, incident, code)


def test_a_referral_waits_until_her_leave_is_recorded(desk: Desk, incident: int) -> None:
    with pytest.raises(BadInput, match="first record at the desk that it is taken"):
        desk.app.papers.referral(desk.handler, incident, "independent-adviser")
    with pytest.raises(BadInput, match="Nothing that is recorded here suggests"):
        desk.app.papers.referral(desk.handler, incident, "forced-marriage-unit")
    with pytest.raises(BadInput, match="There is no referral nobody"):
        desk.app.papers.referral(desk.handler, incident, "nobody")


@pytest.mark.parametrize(
    ("consent", "says", "basis"),
    [
        (Consent.GIVEN, "She gave her leave.", False),
        (Consent.REFUSED, "She refused.", True),
        (Consent.NOT_ASKED, "She was not asked.", True),
    ],
)
def test_her_leave_is_said_and_on_what_law_without_it(
    desk: Desk, incident: int, consent: Consent, says: str, basis: bool
) -> None:
    made = refer(desk, incident, "children-services", consent, "A child may come to harm.")
    said = part(made, "Consent")
    assert says in said
    assert ("Basis:" in said) is basis
    assert ("from knowledge" in said) is basis
    assert "A child may come to harm." in said


def test_a_school_learns_of_the_child_and_of_nothing_else(desk: Desk, incident: int) -> None:
    made = refer(desk, incident, "operation-encompass", Consent.NOT_NEEDED)
    assert [p.heading for p in made.content.parts] == ["Consent", "Children", "Left out"]
    for kept in ("kill", "green coat", "Plover", "back door", "07700"):
        assert kept not in made.text()
    assert "Not needed for this referral" in part(made, "Left out")


@pytest.mark.parametrize(("whose", "says"), [("hers", True), ("his", False)])
def test_a_referral_says_that_more_of_her_history_is_held_than_it_holds(
    desk: Desk, incident: int, whose: str, says: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*given: Any) -> Facts:
        facts = facts_of(*given)
        person = (facts.at_risk if whose == "hers" else facts.suspects)[0]
        cuts = (Cut("incidents", "person", person, 300, 412, bearing=9),)
        return replace(facts, picture=replace(facts.picture, cuts=cuts))

    monkeypatch.setattr("callhandler.services.papers.facts_of", cut)
    made = refer(desk, incident, "domestic-abuse-triage", Consent.GIVEN)
    assert ("More are held: these are the newest" in part(made, "Reports before")) is says


def test_every_referral_of_the_policy_has_what_it_is_told(desk: Desk) -> None:
    policy = desk.app.policy
    referrals = {r.id for r in policy.pack.referrals if r.kind == "referral"}
    assert {told.referral for told in policy.papers.packs} == referrals


# --- bundle -----------------------------------------------------------------------------------


def test_the_bundle_holds_every_line_of_the_log(desk: Desk, incident: int) -> None:
    for number in range(50):
        desk.app.telling.write(desk.handler, incident, f"Line number {number} of many.")
    made = desk.app.papers.bundle(desk.handler, incident)
    text = words_of(made.pdf())
    for entry in desk.view(incident).picture.log:
        assert " ".join(entry.text.split()) in text
    (log,) = [p for p in made.content.parts if p.heading.startswith("The log")]
    assert log.table is not None and len(log.table.rows) == len(desk.view(incident).picture.log)


def test_the_bundle_says_what_is_left_out_and_why(desk: Desk, incident: int) -> None:
    said = part(desk.app.papers.bundle(desk.handler, incident), "Left out, and why")
    assert all("Why:" in line for line in said.splitlines())
    assert "Reports before" in said


def test_the_bundle_of_the_night_tells_of_the_kept_grade(nights: dict[str, Night]) -> None:
    said = part(nights["end"].bundle, "Decisions")
    assert "Scheduled: asked for; Supervisor 3 kept the standing grade" in said
    assert "refused 4 times before" in said
    assert "Immediate: recorded" in said
