"""Orders at the desk: declared in one act, learned of later, copies kept by their content, nothing overwritten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from callhandler.errors import BadInput
from callhandler.model.order import Order, OrderState
from callhandler.model.people import Role
from callhandler.services.copies import LARGEST
from callhandler.services.desk import OrderShown
from callhandler.services.order_told import Checked, TermTold
from callhandler.services.telling import Told
from tests.unit.conftest import Desk
from tests.unit.pictures import START

JPEG = b"\xff\xd8\xff\xe0 picture \xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n picture IEND\xaeB`\x82"
PDF = b"%PDF-1.7 text %%EOF"


@pytest.fixture
def incident(desk: Desk) -> int:
    """A call with an order declared in it, as shortly as can be."""
    incident = desk.call("Adult 1", place="7 Invented Street", type="domestic-abuse")
    desk.app.orders.declare(desk.handler, incident, "nmo", "Adult 1", "Her partner")
    return incident


def shown(desk: Desk, incident: int) -> OrderShown:
    (found,) = desk.view(incident).orders
    return found


def order(desk: Desk, incident: int) -> Order:
    return shown(desk, incident).standing.order


def test_one_act_declares_it_with_its_terms_and_whether_he_knows(desk: Desk) -> None:
    incident = desk.call("Adult 1", place="7 Invented Street", type="domestic-abuse")
    terms = ("no-violence-or-threats", "exclusion-zone", "notify-police")
    desk.app.orders.declare(
        desk.handler,
        incident,
        "nmo",
        "Adult 1",
        "Her partner",
        "I have a non-mol.",
        terms=terms,
        knows="served",
    )
    found = order(desk, incident)
    assert [t.kind for t in found.terms] == list(terms)
    assert [t.attached for t in found.terms] == ["person", "place", "person"]
    assert [(f.kind, f.verified, f.said_by) for f in found.facts] == [("served", False, "the caller")]
    view = desk.view(incident)
    assert [t.code for t in view.picture.tasks] == ["obtain-order"]
    assert any("It forbids: No violence or threats" in entry.text for entry in view.picture.log)


def test_told_again_adds_what_is_new_and_changes_nothing(desk: Desk, incident: int) -> None:
    before = order(desk, incident)
    desk.later(5)
    for _ in range(2):
        desk.app.orders.declare(
            desk.handler, incident, "nmo", "Adult 1", "Her partner", terms=("no-contact-direct",)
        )
    after = order(desk, incident)
    assert (after.id, after.known_at) == (before.id, before.known_at)
    assert [t.kind for t in after.terms] == ["no-contact-direct"]
    assert [f.kind for f in after.facts] == ["told_again", "told_again"]
    assert len([t for t in desk.view(incident).picture.tasks if t.code == "obtain-order"]) == 1


def test_his_order_against_her_is_another_one_and_turns_no_roles_round(desk: Desk, incident: int) -> None:
    desk.app.orders.declare(desk.handler, incident, "nmo", "Her partner", "Adult 1")
    view = desk.view(incident)
    assert len(view.orders) == 2
    names = {
        r: [view.picture.name_of(p) for p in view.picture.with_role(r)] for r in (Role.SUSPECT, Role.AT_RISK)
    }
    assert names == {Role.SUSPECT: ["Her partner"], Role.AT_RISK: ["Adult 1"]}


def test_what_was_checked_stands_beside_what_was_declared_each_with_its_time(
    desk: Desk, incident: int
) -> None:
    declared = order(desk, incident)
    desk.later(40)
    made, until = START - timedelta(days=10), START + timedelta(days=170)
    seen = Checked("The court", "Invented Family Court", made, until, "yes", True, "Read to us.", (
        TermTold("exclusion-zone", place="7 Invented Street", metres=100, verified=True, said_by="The court"),
    ))  # fmt: skip
    desk.app.orders.check(desk.handler, incident, "nmo", seen)
    found = order(desk, incident)
    assert replace(found, facts=(), terms=()) == declared
    assert {f.kind for f in found.facts if f.verified} == {
        "copy",
        "made",
        "expiry",
        "without_notice",
        "terms_read",
    }
    assert all(f.known_at == START + timedelta(minutes=40) for f in found.facts)
    assert shown(desk, incident).standing.state is OrderState.LIVE_UNSERVED
    desk.app.orders.learn(desk.handler, incident, "nmo", "own_words", "The suspect", words="I know I can't.")
    assert shown(desk, incident).standing.state is OrderState.LIVE
    desk.clock.move_to(until)
    assert shown(desk, incident).standing.state is OrderState.EXPIRED


def test_an_end_that_is_told_ends_nothing(desk: Desk, incident: int) -> None:
    for fact in ("discharged", "expired", "dismissed", "no_trace"):
        desk.app.orders.learn(desk.handler, incident, "nmo", fact, "The suspect", until=START)
    assert shown(desk, incident).standing.state is OrderState.DECLARED_UNVERIFIED


def test_an_extension_keeps_its_new_end(desk: Desk, incident: int) -> None:
    end = START + timedelta(days=90)
    desk.app.orders.learn(desk.handler, incident, "nmo", "extended", "The court", verified=True, until=end)
    assert order(desk, incident).facts[-1].until == end


def test_a_term_is_tested_against_where_she_is_and_is_going(desk: Desk, incident: int) -> None:
    zone = TermTold("exclusion-zone", "100 metres from my flat", "7 Invented Street", 100, said_by="Adult 1")
    desk.app.orders.forbid(desk.handler, incident, "nmo", zone)
    (engaged,) = shown(desk, incident).engaged
    assert (engaged.here, engaged.going_to) == (True, False)
    desk.app.whereabouts.move(desk.handler, incident, to="9 Other Street")
    assert shown(desk, incident).engaged == ()
    desk.app.telling.tell(desk.handler, incident, Told("violence-now", "He slapped me.", about="Her partner"))
    assert "no-violence-or-threats" in {t.kind for t in shown(desk, incident).engaged}


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (TermTold("moonlight"), "no kind of term moonlight"),
        (TermTold("no-contact-direct", place="7 Invented Street"), "goes with a person"),
        (TermTold("exclusion-zone", metres=0), "above nought"),
        (TermTold("exclusion-zone", arrest_power="perhaps"), "yes, no or unknown"),
    ],
)
def test_a_term_that_cannot_be_is_refused_and_nothing_is_kept(
    term: TermTold, words: str, desk: Desk, incident: int
) -> None:
    with pytest.raises(BadInput, match=words):
        desk.app.orders.forbid(desk.handler, incident, "nmo", term)
    assert order(desk, incident).terms == ()


def test_what_cannot_be_learned_is_refused(desk: Desk, incident: int) -> None:
    with pytest.raises(BadInput, match="moonlight is not something"):
        desk.app.orders.learn(desk.handler, incident, "nmo", "moonlight", "The court")
    with pytest.raises(BadInput, match="No spo is recorded"):
        desk.app.orders.learn(desk.handler, incident, "spo", "served", "The court")
    with pytest.raises(BadInput, match="no answer"):
        desk.app.orders.declare(desk.handler, incident, "nmo", "Adult 1", "Her partner", knows="moonlight")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [("a.txt", JPEG, "image/jpeg"), ("C:\\x\\b.png", PNG, "image/png"), ("../c.pdf", PDF, "application/pdf")],
)
def test_a_copy_is_kept_by_what_it_is_and_verifies_nothing_by_itself(
    name: str, content: bytes, kind: str, desk: Desk, incident: int
) -> None:
    desk.app.orders.attach(desk.handler, incident, "nmo", name, content, "A relative")
    found = order(desk, incident)
    (copy,) = found.copies
    assert (copy.media_type, copy.size, copy.said_by) == (kind, len(content), "A relative")
    assert "/" not in copy.name and "\\" not in copy.name
    assert desk.app.orders.read_copy(desk.handler, copy) == content
    assert not found.verified
    assert shown(desk, incident).standing.state is OrderState.DECLARED_UNVERIFIED


def test_the_same_copy_twice_is_kept_once(desk: Desk, incident: int) -> None:
    for name in ("one.jpg", "two.jpg"):
        desk.app.orders.attach(desk.handler, incident, "nmo", name, JPEG)
    one, two = order(desk, incident).copies
    assert one.sha256 == two.sha256
    assert (one.name, two.name) == ("one.jpg", "two.jpg")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"MZ a program", "neither a JPEG"),
        (b"<html>\xff\xd8\xff", "neither a JPEG"),
        (JPEG + b"x" * LARGEST, "the most is 10.0 MB"),
        (PDF[:-6] + b"x" * 50, "breaks off"),
        (b"\x00\x00\x00\x18ftypheic", "HEIC"),
    ],
)
def test_what_is_no_copy_is_refused_gently_and_nothing_is_kept(
    content: bytes, words: str, desk: Desk, incident: int
) -> None:
    with pytest.raises(BadInput, match=words):
        desk.app.orders.attach(desk.handler, incident, "nmo", "order.jpg", content)
    assert order(desk, incident).copies == ()
