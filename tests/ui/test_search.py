"""One search by keyboard: as one types, opened beside the list, nothing lost, nothing stale, all of it recorded."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import text

from callhandler.model.people import Role
from callhandler.model.picture import Cut
from callhandler.store.unit_of_work import reading
from ui.search import controller
from ui.search.rows import HeadRow, HitRow
from ui.search.words import history_heading

CTRL = Qt.KeyboardModifier.ControlModifier
BOTH = CTRL | Qt.KeyboardModifier.AltModifier
LONG = 20_000


@pytest.fixture
def page(window, qtbot):
    window.page.to_entry()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_H, CTRL)
    qtbot.waitUntil(window.search.line.hasFocus, timeout=LONG)
    yield window.search


def look(page, qtbot, line):
    page.line.clear()
    qtbot.keyClicks(page.line, line)
    qtbot.waitUntil(lambda: shown_for(page) == line, timeout=LONG)


def shown_for(page):
    newest = page.search._newest
    return newest.asked.line if newest is not None else None


def hits(page):
    return [r for r in page.list.model().rows if isinstance(r, HitRow)]


def open_first(page, qtbot):
    qtbot.keyClick(page.line, Qt.Key.Key_Return)
    qtbot.waitUntil(page.sheet.isVisible, timeout=LONG)


def consultations(window):
    with reading(window.app.office.engine) as connection:
        rows = connection.execute(text("SELECT what, purpose FROM consultation ORDER BY id"))
        return [tuple(row) for row in rows]


def test_one_key_finds_and_opens_beside_and_esc_brings_everything_back(page, window, qtbot):
    before = window.page.log.entry
    look(page, qtbot, "adult 1")
    rows = page.list.model().rows
    assert isinstance(rows[0], HeadRow) and rows[0].name == "People"
    assert page.list.currentIndex().row() == 1 and page.line.hasFocus()
    open_first(page, qtbot)
    said = page.sheet.panel.accessibleDescription()
    assert "Non-molestation order" in said and "The child" in said and "Repeat victim" in said
    assert page.sheet.history.model().rowCount() >= 10
    shown = page.sheet._shown
    held = replace(shown.picture, cuts=(Cut("incidents", "person", shown.subject_id, 300, 412, bearing=9),))
    assert history_heading(replace(shown, picture=held)).endswith(
        "300 newest of 412 incidents of Adult 1, and 9 older that bear risk shown"
    )
    # Enter on a linked incident opens that, read only.
    page.sheet.history.setFocus()
    qtbot.keyClick(page.sheet.history, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.sheet._shown.subject == "incident", timeout=LONG)
    assert "What happened" in page.sheet.panel.accessibleDescription() or page.sheet.panel.title.text()
    qtbot.keyClick(page.sheet.panel, Qt.Key.Key_Escape)
    assert page.line.hasFocus() and page.line.text() == "adult 1" and len(hits(page)) > 3
    qtbot.keyClick(page.line, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.page and before.hasFocus()
    qtbot.keyClick(before, Qt.Key.Key_H, CTRL)
    assert page.line.text() == "adult 1" and page.line.selectedText() == "adult 1" and hits(page)


def test_who_is_less_likely_is_told_apart_in_words_at_the_end_and_not_counted(page, qtbot):
    look(page, qtbot, "adutl 1 1 Jan 1950")
    rows = page.list.model().rows
    (head,) = (n for n, row in enumerate(rows) if row.key == "head:less likely")
    assert rows[head].name == "People less likely meant" and not any(c.isdigit() for c in rows[head].count)
    less = rows[head + 1 :]
    assert less and all(isinstance(r, HitRow) and r.noted == "less likely" and r.why for r in less)
    assert all("less likely" in r.spoken and "less likely" in r.tip for r in less)
    assert len([r for r in hits(page) if r.key.startswith(("people", "less likely"))]) <= 10


def test_arrows_pass_over_heads_and_letters_typed_on_the_list_go_to_the_line(page, qtbot):
    look(page, qtbot, "adult 1")
    rows = page.list.model().rows
    for _ in range(4):
        qtbot.keyClick(page.line, Qt.Key.Key_Down)
        assert isinstance(rows[page.list.currentIndex().row()], HitRow)
    for _ in range(6):
        qtbot.keyClick(page.line, Qt.Key.Key_Up)
    assert page.list.currentIndex().row() == 1
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Backspace)
    qtbot.keyClicks(page.list, "2")
    assert page.line.text() == "adult 2" and page.line.hasFocus()
    qtbot.waitUntil(lambda: shown_for(page) == "adult 2", timeout=LONG)


def test_a_result_that_was_overtaken_is_never_shown(page, window, qtbot, monkeypatch):
    slow, real = threading.Event(), window.app.searching.find
    seen = []

    def find(actor, line, wanted):
        found = real(actor, line, lambda: True)
        if line == "adult":
            slow.wait(10)
        return found

    monkeypatch.setattr(type(window.app.searching), "find", lambda _self, *given: find(*given))
    page.search.found.connect(seen.append)
    page.line.setText("adult")
    page.line.setText("stones")
    slow.set()
    qtbot.waitUntil(lambda: shown_for(page) == "stones", timeout=LONG)
    assert [f.asked.line for f in seen if f is not None] == ["stones"]


def test_a_search_is_recorded_once_it_stood_and_what_is_opened_with_why(page, window, qtbot, monkeypatch):
    before = consultations(window)
    reference = window.desk.view.picture.incident.reference
    look(page, qtbot, "concierge")
    assert consultations(window) == before
    page.search._settling.setInterval(1)
    page.search._settling.start()
    qtbot.waitUntil(lambda: len(consultations(window)) > len(before), timeout=LONG)
    shown = len(hits(page))
    assert consultations(window)[len(before) :] == [(f"search, {shown} shown: concierge", reference)]
    open_first(page, qtbot)
    assert consultations(window)[len(before) + 1 :] == [("linked history", reference)]


def test_without_an_incident_the_purpose_is_asked_once(page, window, qtbot):
    page.search._desk = _desk_without(window.desk)
    look(page, qtbot, "concierge")
    before = consultations(window)
    qtbot.keyClick(page.line, Qt.Key.Key_Return)
    assert page.purpose.hasFocus() and not page.sheet.isVisible()
    qtbot.keyClick(page.purpose, Qt.Key.Key_Return)
    assert page.line.hasFocus() and not page.sheet.isVisible()
    qtbot.keyClick(page.line, Qt.Key.Key_Return)
    qtbot.keyClicks(page.purpose, "Asked by an officer at the door")
    qtbot.keyClick(page.purpose, Qt.Key.Key_Return)
    qtbot.waitUntil(page.sheet.isVisible, timeout=LONG)
    assert ("linked history", "Asked by an officer at the door") in consultations(window)[len(before) :]
    qtbot.keyClick(page.sheet.panel, Qt.Key.Key_Escape)
    qtbot.keyClick(page.line, Qt.Key.Key_Down)
    open_first(page, qtbot)
    assert not page.purpose.isVisible()


class _desk_without:
    view = None
    incident_id = None

    def __init__(self, desk):
        self.on_incident = desk.on_incident


def test_somebody_found_is_named_in_the_open_incident_in_a_role_by_one_key(page, window, qtbot):
    look(page, qtbot, "neighbour downstairs")
    open_first(page, qtbot)
    found = page.sheet._shown.subject_id
    qtbot.keyClick(page.sheet.panel, Qt.Key.Key_W, BOTH)
    qtbot.waitUntil(
        lambda: any(
            p.person_id == found and p.role is Role.WITNESS and p.incident_id == window.desk.view.picture.here
            for p in window.desk.view.picture.parties
        ),
        timeout=LONG,
    )


def test_a_place_found_is_taken_into_the_open_incident_by_one_key(page, window, qtbot):
    look(page, qtbot, "maternity")
    hit = next(h for h in hits(page) if h.hit.subject == "place")
    page._open(page.list.model().rows.index(hit))
    qtbot.waitUntil(lambda: page.sheet.isVisible() and page.sheet._shown.subject == "place", timeout=LONG)
    assert "L she is here · G she is going here" in page.sheet.using.text()
    found = page.sheet._shown.subject_id
    qtbot.keyClick(page.sheet.panel, Qt.Key.Key_W, BOTH)
    qtbot.keyClick(page.sheet.panel, Qt.Key.Key_G, BOTH)
    qtbot.waitUntil(
        lambda: [(m.place_id, m.kind) for m in window.desk.view.picture.moves][-1:] == [(found, "going_to")],
        timeout=LONG,
    )
    qtbot.waitUntil(lambda: "she is going to" in window.status.text(), timeout=LONG)
    qtbot.keyClick(page.sheet.panel, Qt.Key.Key_G, BOTH)
    qtbot.waitUntil(lambda: "already" in window.status.text(), timeout=LONG)


def test_empty_says_that_it_is_not_the_same_as_nothing_happened_and_how_far_it_is_searchable(page, qtbot):
    look(page, qtbot, "zzzzqq")
    assert "does not mean that nothing happened" in page.empty.text()
    look(page, qtbot, "***")
    assert "no letter or digit" in page.empty.text()
    look(page, qtbot, "stones")
    found = page.search._newest
    group = found.groups[-1].group
    page._found(replace(found, behind=((group, 412_000, 10_000_000),)))
    assert "412,000 of 10,000,000 log lines" in page.behind.text() and page.behind.isVisible()
    page.line.clear()
    assert not hits(page) and "Type a name" in page.empty.text()


def test_the_settling_time_is_for_a_search_and_not_for_a_key():
    assert controller.SETTLED_MS >= 1_000
