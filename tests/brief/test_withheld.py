"""An address that must not be disclosed is on no paper, however it was typed, wherever it stands."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from callhandler.app import App, open_app
from callhandler.brief import copies, sheet
from callhandler.brief.content import Line, Paper, Part, Table
from callhandler.brief.withheld import INSTEAD, Withheld
from callhandler.clock import ScenarioClock
from callhandler.errors import BadInput, NotAllowed
from callhandler.model.actor import Actor, Right
from callhandler.model.facts import Reply
from callhandler.model.paper import PaperKind
from callhandler.model.proposal import Consent, Decided, ProposalKind
from callhandler.rules import review
from callhandler.services.papers import Made, file_name_of
from callhandler.services.telling import Told
from callhandler.settings import Settings
from tests.brief.conftest import words_of
from tests.unit.conftest import Desk
from tests.unit.pictures import START

ADDRESS = "12 Hidden Lane, B99 1ZZ, Solihull"
SECRET = ("hidden lane", "hiddenlane", "b99 1zz", "b991zz")

hidden = Withheld.of([ADDRESS])


@pytest.mark.parametrize(
    "typed",
    [
        "12 Hidden Lane",
        "12 HIDDEN LN",
        "hidden   lane",
        "Hidden-Lane",
        "b991zz",
        "B99  1ZZ",
        "12, Hidden Lane, B99 1ZZ, Solihull",
        "12 Hiden Lane",
        "Híddén Lane",
    ],
)
def test_it_is_found_however_it_was_typed(typed: str) -> None:
    assert hidden.out_of(f"She is at {typed}, upstairs.") == f"She is at {INSTEAD}, upstairs."


def test_what_only_sounds_like_it_stays() -> None:
    for text in (
        "She has hidden the lantern.",
        "Solihull",
        "The lane behind the shop",
        "12 people in a lane",
    ):
        assert hidden.out_of(text) == text


def test_a_label_of_everyday_words_takes_no_word_out() -> None:
    assert (
        Withheld.of(["Own flat", "12 Hidden Lane"]).out_of("Her own flat is warm.") == "Her own flat is warm."
    )


def test_one_that_is_far_from_the_picture_is_found_as_it_stands() -> None:
    far = Withheld.of([], ["5 Quiet Mews"])
    assert far.out_of("He asked about 5 quiet mews.") == f"He asked about {INSTEAD}."


NUMBERS = st.integers(1, 400)
STREETS = st.sampled_from(
    ["Hidden Lane", "Quiet Mews Road", "St Ælfgifu's Close", "Łąkowa Street", "Ffordd y Bŵl"]
)
FILLED = st.text(st.characters(categories=("L", "N", "P", "Z")), max_size=12)


@given(NUMBERS, STREETS, FILLED, FILLED, st.sampled_from([str, str.upper, str.lower]))
def test_no_text_holds_an_address_that_is_withheld(number, street, before, after, turned) -> None:
    written = f"{number} {street}"
    left = Withheld.of([f"{written}, Solihull"]).out_of(f"{before} {turned(written)} {after}")
    assert written.casefold() not in left.casefold()
    assert street.casefold() not in left.casefold()


@settings(max_examples=25, deadline=None)
@given(NUMBERS, STREETS, FILLED, FILLED)
def test_no_pdf_holds_it_in_its_text_or_beside_it(number, street, before, after) -> None:
    written = f"{number} {street}"
    said = f"{before} {written} {after}"
    cells = ("1", said, said.upper())
    paper = Paper(
        kind=PaperKind.BUNDLE,
        title=f"Bundle {written}",
        reference=f"0001 {written}",
        marking="OFFICIAL-SENSITIVE",
        training=True,
        as_of=START,
        zone="Europe/London",
        position=7,
        banner=(said,),
        parts=(
            Part(
                written,
                (Line(said, label=written, rest=said),),
                Table((written, "b", "c"), (1, 2, 2), (cells,)),
            ),
        ),
    )
    left = Withheld.of([f"{written}, Solihull"]).out_of_all(paper)
    pdf = sheet.pdf(left)
    for place in (words_of(pdf), beside(pdf), copies.html(left), copies.text(left), file_name_of(left)):
        assert street.casefold() not in place.casefold()


def beside(pdf: bytes) -> str:
    """What stands in a PDF beside its pages: title, subject, keywords."""
    return str(PdfReader(io.BytesIO(pdf)).metadata)


@pytest.fixture
def hiding(desk: Desk) -> int:
    """An incident in which every free word holds an address that is withheld."""
    incident = desk.call("Adult 1", place=ADDRESS, type="domestic-abuse", words=f"I am at {ADDRESS}.")
    app, handler = desk.app, desk.handler
    told = Told("threat-to-kill", f"He will kill me at {ADDRESS}", "Adult 1", "Her partner", "Adult 1")
    app.telling.tell(handler, incident, told)
    app.telling.write(handler, incident, "Nobody at Hidden Ln; she moved to hidden lane 12, B991ZZ.")
    app.telling.reply(handler, incident, "safe-contact", Reply.YES, f"the telephone box by {ADDRESS}")
    app.telling.reply(handler, incident, "keys-and-access", Reply.YES, f"he has the key of {ADDRESS}")
    app.orders.declare(
        handler, incident, "nmo", "Adult 1", "Her partner", f"{ADDRESS} is forbidden", "Adult 1"
    )
    assert app.incidents.grade(handler, incident, "I").accepted
    assert not app.incidents.grade(handler, incident, "S", f"She is safe at {ADDRESS}.").accepted
    app.proposals.decide(
        handler,
        incident,
        ProposalKind.REFERRAL,
        "domestic-abuse-triage",
        Decided.TAKEN,
        owner=f"The team by {ADDRESS}",
        consent=Consent.REFUSED,
        reason=f"He knows {ADDRESS}.",
    )
    return incident


def papers_of(desk: Desk, incident: int) -> list[Made]:
    papers, handler = desk.app.papers, desk.handler
    picture = desk.view(incident).picture
    return [
        papers.briefing(handler, incident),
        papers.decision(handler, incident, picture.requests[-1].id),
        papers.decision(handler, incident, picture.decisions[-1].id),
        papers.referral(handler, incident, "domestic-abuse-triage"),
        papers.bundle(handler, incident),
    ]


def test_before_it_is_withheld_it_is_there(desk: Desk, hiding: int) -> None:
    found = [made for made in papers_of(desk, hiding) if "hidden lane" in words_of(made.pdf()).casefold()]
    assert {made.content.kind for made in found} == set(PaperKind)


def test_withheld_it_is_on_no_paper_and_the_gap_is_said(desk: Desk, hiding: int) -> None:
    desk.app.withholding.withhold(
        desk.handler, ADDRESS, "Adult 1", "He must not learn it.", incident_id=hiding
    )
    for made in papers_of(desk, hiding):
        pdf = made.pdf()
        for place in (words_of(pdf), beside(pdf), made.html(), made.text(), made.file_name):
            for secret in SECRET:
                assert secret not in place.casefold()
        assert INSTEAD in words_of(pdf)


def test_the_officers_are_told_how_they_learn_it(desk: Desk, hiding: int) -> None:
    desk.app.withholding.withhold(desk.handler, ADDRESS, "Adult 1", "He must not learn it.")
    assert "The desk gives it by radio" in desk.app.papers.briefing(desk.handler, hiding).text()


def test_the_log_says_that_and_not_what(desk: Desk, hiding: int) -> None:
    desk.app.withholding.withhold(
        desk.handler, ADDRESS, "Adult 1", "He must not learn it.", incident_id=hiding
    )
    assert (
        desk.view(hiding).picture.log[-1].text
        == "An address is left out of every paper: He must not learn it."
    )


def test_lifted_it_is_there_again_and_both_are_kept(desk: Desk, hiding: int) -> None:
    withholding, handler = desk.app.withholding, desk.handler
    withholding.withhold(handler, ADDRESS, "Adult 1", "He must not learn it.")
    assert [w.reason for w in withholding.standing(handler)] == ["He must not learn it."]
    withholding.lift(handler, ADDRESS, "Adult 1", "She moved away.")
    assert withholding.standing(handler) == ()
    assert "12 Hidden Lane" in desk.app.papers.briefing(handler, hiding).text()


def test_a_paper_about_yesterday_leaves_out_what_is_withheld_today(desk: Desk, hiding: int) -> None:
    before = desk.clock.now()
    desk.later(60)
    desk.app.withholding.withhold(desk.handler, ADDRESS, "Adult 1", "He must not learn it.")
    assert "Hidden" not in desk.app.papers.briefing(desk.handler, hiding, as_of=before).text()


def test_a_place_that_nobody_knows_is_not_withheld_in_silence(desk: Desk, hiding: int) -> None:
    with pytest.raises(BadInput, match="No place is known here as 12 Hidden Road"):
        desk.app.withholding.withhold(desk.handler, "12 Hidden Road", "Adult 1", "He must not learn it.")
    with pytest.raises(BadInput, match="not withheld"):
        desk.app.withholding.lift(desk.handler, ADDRESS, "Adult 1", "She moved away.")


@pytest.fixture
def everything_by_lot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every decision is looked at again."""
    monkeypatch.setattr(review, "lot", lambda _seed, _uuid: 0)


def seen_of(desk: Desk, actor: Actor, incident: int) -> dict[str, object]:
    """All that somebody who looks is shown of an incident, by where."""
    app = desk.app
    items = [app.reviews.open(actor, n, "a review") for q in app.reviews.queue(actor) if (n := q.item_id)]
    assert items
    return {
        "view": app.desk.view(actor, incident),
        "board": app.desk.board(actor),
        "review": items,
        "looked up": app.lookup.picture(actor, "an audit", name="Adult 1"),
        "looked up by the place": app.lookup.picture(actor, "an audit", place=ADDRESS),
        "possible": app.lookup.possible(actor, "an audit", place="12 Hidden Ln"),
        "found": app.searching.find(actor, "hidden lane").groups,
        "opened": app.searching.open(actor, "an audit", "incident", incident),
    }


def test_a_reviewer_sees_it_nowhere_and_judges_by_the_same_warnings(
    everything_by_lot: None, desk: Desk, hiding: int
) -> None:
    reviewer = desk.sign_in("reviewer", Right.REVIEWER)
    before = seen_of(desk, reviewer, hiding)
    assert {where for where, shown in before.items() if "hidden" in repr(shown).casefold()} >= {
        "view", "review", "looked up", "looked up by the place", "possible", "found", "opened"
    }  # fmt: skip
    desk.app.withholding.withhold(desk.handler, ADDRESS, "Adult 1", "He must not learn it.")
    for where, shown in seen_of(desk, reviewer, hiding).items():
        for secret in SECRET:
            assert secret not in repr(shown).casefold(), where
    hers, mine = desk.app.desk.view(reviewer, hiding), desk.view(hiding)
    assert [(w.code, w.tier, w.settled_by) for w in hers.assessment.warnings] == [
        (w.code, w.tier, w.settled_by) for w in mine.assessment.warnings
    ]
    assert "hidden lane" in repr(mine.picture).casefold(), "a desk sends people there"


def test_a_trainer_looks_into_no_live_incident(tmp_path: Path) -> None:
    clock = ScenarioClock(START)
    app = open_app(Settings(str(tmp_path / "live.sqlite"), data_folder=tmp_path), clock, kind="LIVE")
    try:
        desk = Desk(app, clock, open_session(app, "handler", Right.HANDLER))
        incident = desk.call("Adult 1", place=ADDRESS)
        trainer = open_session(app, "trainer", Right.TRAINER)
        for look in (lambda: app.desk.view(trainer, incident), lambda: app.desk.board(trainer)):
            with pytest.raises(NotAllowed):
                look()
    finally:
        app.close()


def open_session(app: App, name: str, right: Right) -> Actor:
    app.identity.add_user(name, name.title(), None, (right,), granted_by="test")
    return app.identity.open_session(name)
