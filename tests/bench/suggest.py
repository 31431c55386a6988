"""Keystroke to painted in the log's entry line: with suggestions, against the same panel with none; and one line alone."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from measure import milliseconds, report, side_by_side
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

GOAL, TIMES = 2.5, 40
LINE = "inft says ex hit her mum too, no keys so going to mums, he might have a nife, no kids there "


def main() -> None:
    """Type the line again and again into both panels, key by key, each key painted."""
    app = QApplication([])
    from callhandler.policy.loader import load
    from callhandler.rules.suggest import Suggester
    from callhandler.settings import Settings
    from ui.common import theme
    from ui.desk.log_panel import LogPanel

    theme.apply(app, 13)
    suggester = Suggester(load(Settings(database="").policy_folder, "national"))
    ours, plain = LogPanel(), LogPanel()
    ours.suggest = suggester.suggest
    for panel in (ours, plain):
        panel.resize(1000, 160)
        panel.show()
    app.processEvents()

    def typed(panel: LogPanel) -> float:
        """The mean of a line's keys, each from the key to what is painted."""
        panel.fill("", "")
        app.processEvents()

        def key(letter: str) -> None:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                app.sendEvent(panel.entry, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
            app.processEvents()

        return sum(milliseconds(lambda c=c: key(c)) for c in LINE) / len(LINE)

    floor, mine = side_by_side(lambda: typed(plain), lambda: typed(ours), TIMES)
    report("a key in the log line, to painted", floor, mine, GOAL)
    assert ours.chips.offers

    def alone(line: str) -> float:
        return milliseconds(lambda: suggester.suggest(line))

    short, long = side_by_side(lambda: alone(LINE), lambda: alone(LINE * (10_000 // len(LINE))), TIMES)
    print(
        f"{'suggestions alone':44} a line {short:.2f} ms  10,000 characters {long:.1f} ms (looked at when the hands rest)"
    )


if __name__ == "__main__":
    main()
