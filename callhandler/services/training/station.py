"""What a trainer chooses from: the exercises there are, the sittings kept, those under way first; and how one is begun."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from callhandler.errors import BadInputs, CallhandlerError, Environment
from callhandler.intake.exercise import read_exercise
from callhandler.model.exercise import HeardKind
from callhandler.services.training.sitting import Sitting, is_present, record_of, sittings

LOG = "desk.log"


@dataclass(frozen=True, slots=True)
class Offer:
    """An exercise to choose: its title, how many calls, what it teaches with sources. `fault` is why it cannot be used."""

    file: Path
    title: str
    calls: int = 0
    moments: int = 0
    teaching: tuple[tuple[str, str], ...] = ()
    fault: str = ""


class Under(StrEnum):
    """Where a sitting is: somebody sits at it, it was left before its end, or it is over."""

    WAY = "under way"
    LEFT = "left"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Seat:
    """A sitting, where it is, and the exercise's instant of the last that was heard in it (UTC)."""

    folder: Path
    sitting: Sitting
    under: Under
    last: datetime | None


def offers(folders: Sequence[Path]) -> Iterator[Offer]:
    """Every exercise of some folders, in their order and by name; one that has faults says the first of them."""
    for folder in folders:
        for file in sorted(folder.glob("*.yaml")):
            yield _offer(file)


def seats(root: Path, now: datetime) -> tuple[Seat, ...]:
    """The sittings below a folder: those under way first, then the newest. `now` is the machine's time."""
    found = []
    for folder, sitting in sittings(root):
        heard = record_of(folder).entries
        over = any(h.kind is HeardKind.STOPPED for h in heard)
        under = Under.OVER if over else Under.WAY if is_present(folder, now) else Under.LEFT
        found.append(Seat(folder, sitting, under, heard[-1].at if heard else None))
    return tuple(sorted(found, key=lambda s: s.under is not Under.WAY))


def command(file: Path, trainee: str, cohort: str, folder: Path | None = None) -> list[str]:
    """The command line by which a desk begins an exercise, on this machine or on another one."""
    words = ["train", str(file), "--as", trainee.strip() or "Trainee"]
    words += ["--cohort", cohort.strip()] if cohort.strip() else []
    return [*words, *(["--folder", str(folder)] if folder else [])]


def begin(words: Sequence[str], log: Path) -> "subprocess.Popen[bytes]":
    """Open a desk in a process of its own, which stays when the station is closed. Raises Environment when it cannot be."""
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as out:
            return subprocess.Popen(
                [sys.executable, "-m", "ui", *words],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
    except OSError as error:
        raise Environment(f"The desk could not be opened ({error.strerror}).") from error


def _offer(file: Path) -> Offer:
    try:
        found = read_exercise(file)
    except BadInputs as error:
        return Offer(file, file.stem, fault=str(error.faults[0]))
    except CallhandlerError as error:
        return Offer(file, file.stem, fault=str(error))
    return Offer(
        file,
        found.title,
        len(found.lines),
        len(found.key),
        tuple((t.point, t.source) for t in found.teaching),
    )
