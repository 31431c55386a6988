"""The graph and the genogram on the screen: nothing overlaps, nothing jumps, everything is reached and read out."""

import subprocess
import sys
from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from callhandler.model.picture import Apart, Cut
from tests.pictures_large import HER, HIM, MAN, large, one_more
from ui.common import theme
from ui.drawn.item import rect
from ui.graph import words
from ui.graph.drawing import words_of
from ui.graph.items import path_of
from ui.graph.listing import rows_of
from ui.graph.moving import Way, nearest
from ui.graph.reading import Show, read
from ui.graph.view import GraphView
from ui.graph.words import Naming

ALT = Qt.KeyboardModifier.AltModifier
LINKS, FAMILY = Show.LINKS, Show.FAMILY


@pytest.fixture(scope="module")
def night_picture(night):
    """The picture of the shipped night, and the names of its policy."""
    return night.app.desk.view(night.actor, night.incident_id).picture, Naming.of(night.app.policy)


@pytest.fixture
def letters(qtbot):
    """Measures of the letters, at a scale."""

    def at(scale=100):
        made = GraphView()
        made.setFont(theme.letters(round(13 * scale / 100)))
        qtbot.addWidget(made)
        return made.letters()

    return at


def test_a_desk_that_never_opens_the_links_imports_nothing_of_them():
    wants = "import sys, ui.desk.page, ui.review.page; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", wants], capture_output=True, text=True, check=True).stdout
    assert "ui.desk.links" in told
    assert [
        m for m in told.split() if m.startswith(("fast_sugiyama", "ui.graph", "callhandler.rules.links"))
    ] == []


def drawn(picture, letters, naming=None, **kw):
    return read(picture, naming or Naming(), letters, **kw)


def overlaps(boxes):
    return [(a, b) for a, b in combinations(boxes, 2) if a.meets(b)]


def crossings(drawing):
    """Lines that run over a card that is not one of their ends."""
    found = []
    for line in drawing.lines:
        path = path_of(line.steps)
        points = [path.pointAtPercent(i / 200) for i in range(201)]
        for placed in drawing.cards:
            inside = rect(placed.box).adjusted(1, 1, -1, -1)
            if placed.card.key not in (line.a, line.b) and any(inside.contains(p) for p in points):
                found.append((line.a, line.b, placed.card.key))
    return found


@pytest.mark.parametrize("scale", [100, 150])
def test_at_60_incidents_and_25_people_no_label_overlaps_and_no_line_runs_over_a_card(letters, scale):
    measured = letters(scale)
    found = drawn(large(), measured)
    for show in (LINKS, FAMILY):
        drawing = found.drawings[show]
        assert len(drawing.cards) == (len(found.graph.nodes) if show is LINKS else 25)
        for current in ("", f"person:{HIM}", f"person:{HER}"):
            labels = [w.box for w in words_of(drawing, measured.plain, measured.line, current)]
            taken = [c.box for c in drawing.cards] + labels + [o.name_box for o in drawing.outlines]
            assert overlaps(taken + [b for _, b in drawing.headings]) == []
        assert crossings(drawing) == []
        # Every card's words have their room: what is cut is whole in the tooltip and in the list.
        assert all(c.box.height >= measured.line for c in drawing.cards)


def test_the_night_too(night_picture, letters):
    measured = letters()
    found = drawn(night_picture[0], measured, night_picture[1])
    for drawing in found.drawings.values():
        labels = [w.box for w in words_of(drawing, measured.plain, measured.line)]
        assert (
            overlaps([c.box for c in drawing.cards] + labels + [o.name_box for o in drawing.outlines]) == []
        )
        assert crossings(drawing) == []


def test_the_same_picture_gives_the_same_drawing_and_a_new_incident_moves_nothing(letters):
    measured = letters()
    first = drawn(large(), measured)
    assert drawn(large(), measured).drawings == first.drawings
    more = drawn(one_more(large()), measured, before=first.placed)
    assert set(more.placed.spots) > set(first.placed.spots)
    assert all(more.placed.spots[k] == spot for k, spot in first.placed.spots.items())
    drawing = more.drawings[LINKS]
    assert overlaps([c.box for c in drawing.cards]) == [] and crossings(drawing) == []
    # Unfolding is a small change as well.
    bundle = max(first.graph.nodes, key=lambda n: len(n.incidents))
    unfolded = drawn(large(), measured, unfolded={bundle.key}, before=first.placed)
    kept = set(unfolded.placed.spots) & set(first.placed.spots)
    assert all(unfolded.placed.spots[k] == first.placed.spots[k] for k in kept)
    assert overlaps([c.box for c in unfolded.drawings[LINKS].cards]) == []
    # And with hardly anything in common it is laid out anew.
    fewer = replace(large(), linked=(), people=large().people[:3])
    assert drawn(fewer, measured, before=first.placed).placed == drawn(fewer, measured).placed


@pytest.mark.parametrize("show", [LINKS, FAMILY])
def test_the_arrows_reach_every_card(letters, show):
    drawing = drawn(large(), letters()).drawings[show]
    reached, todo = {drawing.home}, [drawing.home]
    while todo:
        here = todo.pop()
        for way in Way:
            there = nearest(drawing.boxes, here, way, show is FAMILY)
            if there not in reached:
                reached.add(there)
                todo.append(there)
    assert reached == set(drawing.boxes)


def test_the_list_holds_every_card_with_everything_it_is_joined_to(letters):
    found = drawn(large(), letters())
    rows = {r.key: r for r in rows_of(found, LINKS, Naming())}
    assert set(rows) == {n.key for n in found.graph.nodes}
    for node in found.graph.nodes:
        for said in words.joined(node, found.graph, Naming()):
            assert said in rows[node.key].spoken
    him = rows[f"person:{HIM}"].spoken
    assert him.startswith("Person The former partner, Suspect · ex-partner of Adult 1")
    assert "suspect in This incident (since 6 Mar 2026)" in him
    assert "recorded in 14 incidents" in him and "respondent of nmo" in him
    assert "not named" in rows[f"person:{MAN}"].spoken
    assert {r.key for r in rows_of(found, FAMILY, Naming())} == set(found.drawings[FAMILY].boxes)


def test_harm_has_a_direction_in_the_drawing_and_in_words(night_picture, letters):
    found = drawn(night_picture[0], letters(), night_picture[1])
    lines = [k for k in found.drawings[FAMILY].lines if k.word == "told to have harmed"]
    assert lines and {(k.a, k.b) for k in lines} <= set(found.genogram.harm)
    boxes = found.drawings[FAMILY].boxes
    for line in lines:
        for key, (x, y) in ((line.a, line.ends[0]), (line.b, line.ends[-1])):
            box = boxes[key]
            assert box.x <= x <= box.x + box.width and y in (box.y, box.y + box.height)
        assert "told to be harmed by" in found.spoken[line.b]
        row = next(r for r in rows_of(found, FAMILY, Naming()) if r.key == line.a)
        assert "told to have harmed" in row.spoken and "told to have harmed" in row.tip


def test_at_risk_suspect_and_child_differ_by_sign_and_word(letters):
    cards = {c.card.key: c.card for c in drawn(large(), letters()).drawings[LINKS].cards}
    signs = [cards[f"person:{p}"].sign for p in (HER, HIM, 5, MAN, 9)]
    assert signs == ["at_risk", "suspect", "child", "unnamed", "person"]
    said = [cards[f"person:{p}"].sub.split(" · ")[0] for p in (HER, HIM, 5)]
    assert said == ["At risk", "Suspect", "Child"]
    assert len(set(dict(words.legend()))) == len(words.legend())


def test_what_is_only_possible_says_so_by_frame_and_word(letters):
    picture = large()
    aside = replace(picture.linked[0], id=7_001, uuid="x")
    found = drawn(replace(picture, apart=Apart(incidents=(aside,))), letters())
    card = next(c.card for c in found.drawings[LINKS].cards if c.card.key == "incident:7001")
    assert card.possible and card.sub == "possible"
    assert "60 past incidents, 1 possible incident," in words.summary(found.graph)
    assert sum(c.card.possible for c in found.drawings[LINKS].cards) == 1


def test_what_was_not_read_is_said(night, sit_down, qtbot):
    window = sit_down(night.app, night.actor, night.incident_id)
    window.page.links.turn()
    panel = window.page.links.panel
    cuts = (Cut("incidents", "person", HIM, 60, 1_000, True),)
    panel.show_picture(replace(large(), missing_sources=("orders",), cuts=cuts))
    qtbot.waitUntil(lambda: "orders" in panel.absent.text())
    assert panel.absent.isVisible() and "may yet be there" in panel.absent.text()
    assert "60 newest of more than 1,000 incidents of The former partner shown" in panel.absent.text()


@pytest.fixture
def opened(night, sit_down, qtbot):
    """The desk with its links open, at the card of this incident."""
    window = sit_down(night.app, night.actor, night.incident_id, size=(1366, 768))
    qtbot.keyClick(window, Qt.Key.Key_G, ALT)
    view = window.page.links.panel.view
    qtbot.waitUntil(lambda: view.current != "" and view.hasFocus())
    return window


def test_the_desk_opens_the_links_without_losing_what_must_not_scroll_away(opened, qtbot):
    page, panel = opened.page, opened.page.links.panel
    assert panel.isVisible() and page.warnings.isVisible() and page.log.entry.isVisible()
    assert page.grades.isVisible() and not page.history.isVisible()
    view = panel.view
    assert view.current == f"incident:{opened.desk.incident_id}"
    assert view.accessibleName() == "Links of this incident"
    assert "Adult 1 is caller, at risk" in view.accessibleDescription()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.current != f"incident:{opened.desk.incident_id}"
    assert view.accessibleDescription() == panel.caption.text() and panel.caption.text()
    zoom = view.zoom
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom > zoom
    qtbot.keyClick(view, Qt.Key.Key_0)
    qtbot.keyClick(view, Qt.Key.Key_G)
    assert panel.show_which is FAMILY and view.accessibleName() == "Genogram"
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not panel.isVisible() and page.history.isVisible() and page.log.entry.hasFocus()


def test_enter_opens_the_incident_in_the_history_and_esc_comes_back(opened, qtbot):
    page, view = opened.page, opened.page.links.panel.view
    key = next(k for k in view.drawing.boxes if k.startswith("incident:") and k != view.current)
    view.go_to(key)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert page.detail.isVisible() and page.history.list.current_key() == key
    qtbot.keyClick(page.detail, Qt.Key.Key_Escape)
    assert view.isVisible() and view.hasFocus() and view.current == key


def test_enter_on_a_person_goes_to_who_and_on_a_number_tells_all_that_is_known(opened, qtbot):
    page, view = opened.page, opened.page.links.panel.view
    person = next(k for k in view.drawing.boxes if k.startswith("person:"))
    view.go_to(person)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert page.side.people.hasFocus() and page.side.people.current_key() == person and view.isVisible()
    page.links.panel.to_front()
    view.go_to(next(k for k in view.drawing.boxes if k.startswith("number:")))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert page.detail.isVisible() and "used by" in page.detail.accessibleDescription()


def test_l_shows_the_list_at_the_same_card_and_enter_opens_from_it(opened, qtbot):
    page, panel = opened.page, opened.page.links.panel
    order = next(k for k in panel.view.drawing.boxes if k.startswith("order:"))
    panel.view.go_to(order)
    qtbot.keyClick(panel.view, Qt.Key.Key_L)
    assert panel.list.hasFocus() and panel.list.current_key() == order
    assert set(panel.list.model_keys()) == set(panel.view.drawing.boxes)
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert page.detail.isVisible()
    qtbot.keyClick(page.detail, Qt.Key.Key_Escape)
    qtbot.keyClick(panel.list, Qt.Key.Key_L)
    assert panel.view.hasFocus() and panel.view.current == order


def test_a_bundle_unfolds_and_folds(opened, qtbot):
    panel = opened.page.links.panel
    (bundle,) = [k for k in panel.view.drawing.boxes if k.startswith("bundle:")]
    before = len(panel.view.drawing.boxes)
    panel.view.go_to(bundle)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(panel.view.drawing.boxes) > before)
    assert bundle not in panel.view.drawing.boxes
    qtbot.keyClick(panel.view, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: len(panel.view.drawing.boxes) == before)


def test_it_prints_in_greys_with_its_signs(opened, qtbot):
    panel = opened.page.links.panel
    for _ in range(2):
        image = QImage(1240, 1754, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        used = panel.print_to(painter, QRectF(40, 40, 1160, 1674))
        painter.end()
        assert 100 < used <= 1674
        colours = {image.pixelColor(x, y).getRgb()[:3] for x in range(0, 1240, 3) for y in range(0, 1754, 3)}
        assert len(colours) > 3 and all(max(c) - min(c) < 12 for c in colours)
        qtbot.keyClick(panel.view, Qt.Key.Key_G)
