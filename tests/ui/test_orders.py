"""Orders at the desk by keyboard: declared within a few keys, learned of, checked, attached; the card says its doubts."""

import itertools
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from callhandler.model.order import OrderStanding, OrderState
from callhandler.services.calls import CallIn
from callhandler.services.telling import Told
from tests.unit.pictures import Build
from ui.common.labels import Text
from ui.common.words import order_state
from ui.timeline.wording import order_labels

# The list of choices that opens under a field; the screen of the tests has no windows above others.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NUMBERS = itertools.count(10)
"""Each test has people of its own: the store is shared."""

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Hands:
    """Ten fingers that count what they press; a chord counts as one more than its key."""

    def __init__(self, window, qtbot) -> None:
        self.window, self.qtbot, self.pressed = window, qtbot, 0

    def chord(self, key, modifier=CTRL) -> None:
        self.pressed += 2
        self.qtbot.keyClick(self.window, key, modifier)

    def key(self, key) -> None:
        self.pressed += 1
        self.qtbot.keyClick(QApplication.focusWidget(), key)

    def type(self, text: str) -> None:
        self.pressed += len(text)
        self.qtbot.keyClicks(QApplication.focusWidget(), text)


@pytest.fixture
def desk(night, sit_down, qtbot):
    """A window with a fresh domestic call in which somebody has been named as the suspect."""
    app, actor, number = night.app, night.actor, next(NUMBERS)
    call = CallIn(name=f"Adult {number}", place=f"{number} Invented Row", type="domestic-abuse", join="no")
    taken = app.calls.take(actor, call)
    told = Told("violence-now", "He hit me.", about=f"Partner of {number}")
    app.telling.tell(actor, taken.incident_id, told)
    return sit_down(app, actor, taken.incident_id)


def shown(desk):
    return desk.desk.view.orders[0]


def known(desk, qtbot, number: int = 1):
    qtbot.waitUntil(lambda: len(desk.desk.view.orders) == number and desk.page.order.shown is not None)
    return shown(desk).standing.order


def declare(desk, qtbot) -> None:
    hands = Hands(desk, qtbot)
    hands.chord(Qt.Key.Key_O)
    hands.key(Qt.Key.Key_Return)
    known(desk, qtbot)


def test_three_keys_declare_the_usual_order_of_her_against_him(desk, qtbot):
    hands = Hands(desk, qtbot)
    hands.chord(Qt.Key.Key_O)
    hands.key(Qt.Key.Key_Return)
    order = known(desk, qtbot)
    picture = desk.desk.view.picture
    assert hands.pressed == 3
    assert order.type == "nmo"
    assert picture.name_of(order.protected_id).startswith("Adult")
    assert picture.name_of(order.respondent_id).startswith("Partner of")
    assert [t.code for t in picture.tasks if not t.done] == ["obtain-order"]


def test_a_fuller_declaration_takes_her_words_who_knows_and_three_terms(desk, qtbot):
    hands = Hands(desk, qtbot)
    hands.chord(Qt.Key.Key_O)
    hands.type("stalking order")
    form = desk.page.forms.all["order"].strip
    assert form.editor("type").currentText() == "Stalking protection order"
    assert "Her words suggest: Stalking protection order" in desk.page.forms.order_help.said.text()
    hands.key(Qt.Key.Key_Tab)
    hands.key(Qt.Key.Key_Tab)
    hands.type("s")
    hands.key(Qt.Key.Key_Tab)
    hands.type("vcz")
    assert "It forbids: No violence or threats; No direct contact; Not to come near a place" in (
        desk.page.forms.order_help.said.text()
    )
    hands.key(Qt.Key.Key_Return)
    order = known(desk, qtbot)
    assert hands.pressed == 24, "two for the form, 14 of her words, three of Tab, one and three keys, Enter"
    assert order.type == "spo"
    assert [t.kind for t in order.terms] == ["no-violence-or-threats", "no-contact-direct", "exclusion-zone"]
    assert [f.kind for f in order.facts] == ["served"]


def test_what_was_chosen_by_hand_is_not_changed_by_what_is_typed(desk, qtbot):
    hands = Hands(desk, qtbot)
    hands.chord(Qt.Key.Key_O)
    form = desk.page.forms.all["order"].strip
    kind = form.editor("type")
    kind.setCurrentIndex(kind.findData("und"))
    hands.type("a restraining order she says")
    assert kind.currentData() == "und"


def test_a_key_that_is_no_term_is_said_and_nothing_is_lost(desk, qtbot):
    hands = Hands(desk, qtbot)
    hands.chord(Qt.Key.Key_O)
    hands.key(Qt.Key.Key_Tab)
    hands.key(Qt.Key.Key_Tab)
    hands.key(Qt.Key.Key_Tab)
    hands.type("v9")
    hands.key(Qt.Key.Key_Return)
    form = desk.page.forms.all["order"].strip
    qtbot.waitUntil(lambda: "No term has the key 9" in form.fault.text())
    assert form.editor("terms").text() == "v9" and form.editor("terms").hasFocus()
    assert desk.desk.view.orders == ()


def test_nobody_is_made_a_suspect_by_the_form(night, sit_down, qtbot):
    taken = night.app.calls.take(night.actor, CallIn(name="Adult 8", place="4 Invented Row", join="no"))
    window = sit_down(night.app, night.actor, taken.incident_id)
    hands = Hands(window, qtbot)
    hands.chord(Qt.Key.Key_O)
    hands.key(Qt.Key.Key_Return)
    form = window.page.forms.all["order"].strip
    assert "Still needed: Against" in form.fault.text() and form.editor("respondent").hasFocus()
    led = [t.text() for t in form.findChildren(Text) if t.isVisible() and t.text() in ("Against", "Protects")]
    assert led == ["Against", "Protects"]


def test_the_card_names_the_terms_in_question_and_counts_what_is_not_known(desk, qtbot):
    declare(desk, qtbot)
    card = desk.page.order
    assert (card.unknown.text(), card.engaged.isVisible()) == ("▲ its terms? Alt+F", False)
    hands = Hands(desk, qtbot)
    hands.chord(Qt.Key.Key_F, ALT)
    hands.type("v")
    hands.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "May be engaged: No violence or threats" in card.engaged.text())
    assert "not known: Ctrl+T" in card.engaged.text()
    assert "May be engaged" in card.accessibleName()
    hands.chord(Qt.Key.Key_T)
    said = desk.page.detail.accessibleDescription()
    assert "told by the caller" in said
    assert "“He hit me.”" in said
    assert "Whether he knew of the order" in said
    assert "will be arrested" not in said.replace("He will be arrested.", "")


def test_the_declared_and_the_checked_version_both_stand_with_their_times(desk, qtbot):
    declare(desk, qtbot)
    hands = Hands(desk, qtbot)
    hands.chord(Qt.Key.Key_V, ALT)
    hands.type("The court")
    for text in ("Invented Court", "1 Mar 2018", "31 Aug 2030", "n", "y"):
        hands.key(Qt.Key.Key_Tab)
        hands.type(text)
    hands.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(desk).standing.state is OrderState.LIVE)
    desk.page.details.open("order")
    said = desk.page.detail.accessibleDescription()
    assert "As told: Known from the caller" in said
    assert "As checked: A copy was seen; “Invented Court”; says The court" in said
    assert "Its end, until 1 Sep 2030 00:00" in said, "it runs to the last moment of the day"
    assert "All its terms were read" in said


def test_a_date_that_cannot_be_read_is_said_in_place(desk, qtbot):
    declare(desk, qtbot)
    hands = Hands(desk, qtbot)
    hands.chord(Qt.Key.Key_V, ALT)
    hands.type("The court")
    hands.key(Qt.Key.Key_Tab)
    hands.key(Qt.Key.Key_Tab)
    hands.type("31 Feb 2018")
    hands.key(Qt.Key.Key_Return)
    form = desk.page.forms.all["order_check"].strip
    qtbot.waitUntil(lambda: "is no date that can be read" in form.fault.text())
    assert form.editor("who").text() == "The court"


def picture(path: Path) -> Path:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")
    path.write_bytes(bytes(buffer.data()))
    return path


def test_a_photograph_is_attached_shown_and_put_into_a_file(desk, qtbot, tmp_path):
    declare(desk, qtbot)
    desk.page.order.dropped.emit(str(picture(tmp_path / "order.png")))
    hands = Hands(desk, qtbot)
    hands.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(desk).standing.order.copies != ())
    assert "order.png" in desk.page.order.copy.text()
    assert "seen by us, not verified" in desk.page.order.copy.text()
    hands.chord(Qt.Key.Key_I, ALT)
    qtbot.waitUntil(desk.page.detail.isVisible)
    assert "order.png" in desk.page.detail.title.text()
    hands.key(Qt.Key.Key_Escape)
    hands.chord(Qt.Key.Key_B, ALT)
    hands.key(Qt.Key.Key_Tab)
    out = tmp_path / "out.png"
    hands.type(str(out))
    hands.key(Qt.Key.Key_Return)
    qtbot.waitUntil(out.exists)
    qtbot.waitUntil(lambda: out.read_bytes() == (tmp_path / "order.png").read_bytes())


@pytest.mark.parametrize(("content", "words"), [(b"plain words", "neither a JPEG"), (None, "cannot be read")])
def test_a_file_that_is_none_is_refused_gently(content, words, desk, qtbot, tmp_path):
    declare(desk, qtbot)
    path = tmp_path / "order.jpg"
    if content is not None:
        path.write_bytes(content)
    desk.page.order.dropped.emit(str(path))
    form = desk.page.forms.all["order_copy"].strip
    Hands(desk, qtbot).key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: words in form.fault.text())
    assert form.isVisible()


def test_the_sheet_on_the_clipboard_holds_no_place(desk, qtbot):
    declare(desk, qtbot)
    Hands(desk, qtbot).chord(Qt.Key.Key_P, ALT)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Non-molestation order")
    assert "Invented Row" not in text


def test_the_other_ones_order_against_her_is_said_to_bind_her(desk, qtbot, night):
    declare(desk, qtbot)
    order = shown(desk).standing.order
    night.app.orders.declare(
        night.actor, desk.desk.incident_id, "nmo", order.respondent_id, order.protected_id
    )
    desk.desk.read_now()
    known(desk, qtbot, 2)
    said = set()
    for _ in range(2):
        said.add(desk.page.order.whom.text().startswith("This one binds her"))
        qtbot.keyClick(desk, Qt.Key.Key_O, ALT)
    assert said == {True, False}


def test_what_has_ended_stays_as_history(desk, qtbot, night):
    declare(desk, qtbot)
    night.app.orders.learn(
        night.actor, desk.desk.incident_id, "nmo", "discharged", "The court", verified=True
    )
    desk.desk.read_now()
    qtbot.waitUntil(lambda: desk.page.order.badge.text() == "Discharged, verified")
    assert desk.page.order.isVisible()
    assert desk.page.order.engaged.isHidden()
    desk.page.details.open("order")
    assert "Check whether another order took its place" in desk.page.detail.accessibleDescription()


@pytest.mark.parametrize(
    ("source", "badge"),
    [
        ("the caller", "Declared by caller, live for risk, copy not held"),
        ("imported history: Old system", "Known only from imported history, live for risk, copy not held"),
    ],
)
def test_the_badge_says_whether_a_caller_told_of_it_or_the_history_did(source, badge):
    order = Build().order("nmo", source)
    standing = OrderStanding(order, OrderState.DECLARED_UNVERIFIED, (), "")
    assert order_state(standing) == badge
    assert ("imported" in order_labels("Order", standing)[0]) == order.imported
