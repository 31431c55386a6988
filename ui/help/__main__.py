"""Writes the help page of keys: python -m ui.help"""

import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Write `resources/help/keys.md` from the actions of a window; returns 0."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from callhandler import app as core
    from callhandler.settings import Settings
    from ui import application
    from ui.help.keys_page import keys_markdown
    from ui.help.page import folder
    from ui.main_window import MainWindow

    application.make(13)
    with tempfile.TemporaryDirectory(prefix="callhandler-") as name:
        shown = core.open_demonstration(Settings(database="", data_folder=Path(name)))
        window = MainWindow(shown.app, lambda: "")
        try:
            window.sign_in(shown.actor)
            (folder() / "keys.md").write_text(keys_markdown(window.key_groups), encoding="utf-8")
        finally:
            window.close()
            shown.app.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
