"""History brought in at the window, by keys alone: looked at, tried, brought in, left, stopped and gone on with."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from callhandler import app as core
from callhandler.model.actor import Right
from callhandler.services.imports import importing
from callhandler.settings import Settings
from callhandler.store.unit_of_work import reading
from tests.store.test_importing import CALLS, HEAD
from ui.importing.rows import CellsModel

SAMPLES = Path(__file__).parents[1] / "data" / "imports"


@pytest.fixture
def office(tmp_path):
    opened = core.open_app(Settings(database=str(tmp_path / "s.sqlite"), data_folder=tmp_path))
    rights = {Right.ADMINISTRATOR, Right.HANDLER}
    opened.identity.add_user("keeper", "Keeper", None, rights, granted_by="test")
    yield opened
    opened.close()


@pytest.fixture
def window(office, sit_down):
    return sit_down(office, office.identity.open_session("keeper", "desk 1"))


@pytest.fixture
def calls(tmp_path):
    """A mapping and a file of so many rows."""
    (tmp_path / "calls.yaml").write_text(CALLS, encoding="utf-8")

    def make(rows: int) -> Path:
        lines = (
            f"{n},2016-08-20 21:10,{'NO' if n == 3 else 'DOM'},x,,,{n} Larch Grove,,\n" for n in range(rows)
        )
        (tmp_path / "calls.csv").write_text(HEAD + "".join(lines), encoding="utf-8")
        return tmp_path / "calls.csv"

    return make


def incidents(office) -> int:
    with reading(office.office.engine) as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM incident").scalar()


def own_mapping(page, path: Path) -> None:
    page.mapping.setCurrentIndex(page.mapping.count() - 1)
    page.own.setText(str(path))


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


def idle(qtbot, page) -> None:
    qtbot.waitUntil(lambda: not page.control.doing, timeout=20_000)


def test_by_keys_alone_from_the_file_to_the_end(office, window, qtbot, tmp_path):
    source = shutil.copytree(SAMPLES / "records", tmp_path / "records")
    press(qtbot, window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    page = window.importing
    qtbot.waitUntil(page.files.hasFocus)
    qtbot.keyClicks(page.files, str(source))
    page.files.completer().popup().hide()
    press(qtbot, window, Qt.Key.Key_Tab)
    assert page.mapping.hasFocus()
    while page.mapping.currentText() != "Records-management export":
        press(qtbot, window, Qt.Key.Key_Down)
    press(qtbot, window, Qt.Key.Key_Tab)
    assert page.look.hasFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    idle(qtbot, page)
    assert page.head.text().startswith("About 15 rows in people.csv, vehicles.csv")
    assert page.cells.rowCount() == 14
    assert page.try_.hasFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    idle(qtbot, page)
    assert page.head.text() == "Tried; nothing was written."
    assert "New would be 2 incidents" in page.told.toPlainText()
    assert incidents(office) == 0
    assert page.bring.hasFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    idle(qtbot, page)
    assert page.head.text() == "Done."
    assert "New are 2 incidents" in page.told.toPlainText()
    assert incidents(office) == 2
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.page


def test_what_is_rejected_is_shown_with_its_place_and_reason(office, window, qtbot, calls, tmp_path):
    page = window.importing
    window.visit(page)
    page.files.setText(str(calls(5)))
    own_mapping(page, tmp_path / "calls.yaml")
    page.look_now()
    idle(qtbot, page)
    page.bring_now()
    idle(qtbot, page)
    cells = [page.cells.index(0, column).data() for column in range(page.cells.columnCount())]
    assert cells == [
        "calls.csv",
        "5",
        "type",
        "NO",
        "▲ NO is not in the table of codes: add it to the table of this cell, or write `otherwise: keep`.",
    ]
    assert page.cells.index(0, 4).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Why: NO is not")
    assert (incidents(office), (tmp_path / "calls.rejected.csv").is_file()) == (4, True)


def test_it_is_left_stopped_and_gone_on_with(office, window, qtbot, calls, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "ROWS", 5)
    page = window.importing
    window.visit(page)
    page.files.setText(str(calls(200)))
    own_mapping(page, tmp_path / "calls.yaml")
    page.look_now()
    idle(qtbot, page)
    page.bring_now()
    assert not page.files.isEnabled() and page.stop.isEnabled()
    window.back()
    qtbot.waitUntil(lambda: incidents(office) > 20)
    window.visit(page)
    page.stop_now()
    assert page.head.text().startswith("Stopped. What is in stays in.")
    stopped = incidents(office)
    assert stopped < 199
    page.bring_now()
    window.back()
    idle(qtbot, page)
    assert incidents(office) == 199
    assert "It went on after row" in page.told.toPlainText()
    assert "Bringing history in: Done." in window.status.text()


def test_what_cannot_be_read_says_where(office, window, qtbot, tmp_path):
    page = window.importing
    window.visit(page)
    page.look_now()
    assert page.head.text() == "▲ Name the file first."
    page.files.setText(str(tmp_path / "none.csv"))
    own_mapping(page, tmp_path / "mine.yaml")
    (tmp_path / "mine.yaml").write_text("import: x\n", encoding="utf-8")
    page.look_now()
    idle(qtbot, page)
    assert page.head.text() == "▲ mine.yaml:1:1: title is missing: write “title: ...” here"
    assert "mine.yaml:1:1: source is missing: write" in page.told.toPlainText()
    assert not page.bring.isEnabled()
    (tmp_path / "mine.yaml").write_text(CALLS, encoding="utf-8")
    page.look_now()
    idle(qtbot, page)
    assert page.head.text() == "▲ none.csv: this file is missing"


def test_beside_files_that_nobody_may_write_to_rejected_rows_go_to_the_desks_own_folder(
    window, qtbot, calls, tmp_path, monkeypatch
):
    monkeypatch.setattr("ui.importing.controller.os.access", lambda path, mode: False)
    page = window.importing
    window.visit(page)
    page.files.setText(str(calls(5)))
    own_mapping(page, tmp_path / "calls.yaml")
    page.look_now()
    idle(qtbot, page)
    page.bring_now()
    idle(qtbot, page)
    rejected = tmp_path / "imports" / "calls.rejected.csv"
    assert str(rejected) in page.told.toPlainText()
    assert rejected.stat().st_mode & 0o077 == 0


def test_every_part_has_a_name(window):
    page = window.importing
    for part in (
        page.files,
        page.mapping,
        page.own,
        page.table,
        page.told,
        page.bar,
        *page.findChildren(QPushButton),
    ):
        assert part.accessibleName(), part


def test_only_administrators_are_offered_it(office, sit_down):
    office.identity.add_user("handler", "Handler", None, {Right.HANDLER}, granted_by="test")
    window = sit_down(office, office.identity.open_session("handler", "desk 2"))
    assert not [a for _, group in window.key_groups for a in group if "history in" in a.text()]


def test_an_empty_table_is_one():
    assert (CellsModel().rowCount(), CellsModel().columnCount()) == (0, 0)
