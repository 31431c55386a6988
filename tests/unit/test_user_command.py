"""Users from the command line: the first one's passphrase comes from a file, or is typed twice; nobody is asked again."""

import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from callhandler.app import open_app
from callhandler.cli import main
from callhandler.settings import Settings

WORDS = "five words nobody would guess"


def signs_in(store: Path) -> bool:
    opened = open_app(Settings(database=str(store), data_folder=store.parent))
    try:
        return bool(opened.identity.sign_in("keeper", WORDS))
    finally:
        opened.close()


def typing(*typed: str) -> Callable[[str], str]:
    lines = iter(typed)
    return lambda _: next(lines)


def test_a_passphrase_from_a_file_is_taken_and_nobody_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(getpass, "getpass", typing())
    (tmp_path / "words").write_text(f"{WORDS}\n", encoding="utf-8")
    store = tmp_path / "new.sqlite"
    given = ["--database", str(store), "--passphrase-file", str(tmp_path / "words")]
    assert main(["user", "add", "keeper", *given]) == 0
    assert "keeper may now sign in as administrator." in capsys.readouterr().out
    assert signs_in(store)


def test_a_typed_passphrase_is_typed_twice_and_both_must_be_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    store = tmp_path / "new.sqlite"
    monkeypatch.setattr(getpass, "getpass", typing(WORDS, "four words they guessed"))
    assert main(["user", "add", "keeper", "--database", str(store)]) == 1
    assert "The two passphrases differ; nobody was added." in capsys.readouterr().err
    monkeypatch.setattr(getpass, "getpass", typing(WORDS, WORDS))
    assert main(["user", "add", "keeper", "--database", str(store)]) == 0
    assert signs_in(store)
