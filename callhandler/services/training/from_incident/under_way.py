"""Drafts from logs that are under way on this machine: kept at once, taken up again, erased when handed on."""

import re
from pathlib import Path

from callhandler.errors import BadInput, BadInputs, Environment
from callhandler.model.actor import Actor, Right
from callhandler.policy.pack import Policy
from callhandler.services.office import require
from callhandler.services.training.from_incident.making import Made, export, kept, taken_up
from callhandler.services.training.keeping import write_whole
from callhandler.services.training.workshop import is_shipped

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_SUFFIX = ".draft.json"


class UnderWay:
    """A folder of drafts, one file each, for their owner alone: until all is passed one is as secret as its log.

    Everything here raises NotAllowed unless the actor is a trainer or supervisor.
    """

    def __init__(self, data_folder: Path, policy: Policy) -> None:
        self._folder = data_folder / "from-log"
        self._policy = policy

    def names(self, actor: Actor) -> list[str]:
        """What is under way, by name."""
        require(actor, Right.TRAINER, Right.SUPERVISOR)
        found = self._folder.glob(f"*{_SUFFIX}") if self._folder.is_dir() else ()
        return sorted(path.name.removesuffix(_SUFFIX) for path in found)

    def name(self, told: str) -> str:
        """A name that a new draft may have. Raises BadInput, also when one of that name is under way."""
        name = told.strip()
        if not _NAME.fullmatch(name):
            raise BadInput(
                "A name is of small letters, digits and hyphens, and begins with a letter or digit.", "name"
            )
        if self._place(name).exists():
            raise BadInput(f"{name} is under way already. Take it up, or choose another name.", "name")
        return name

    def keep(self, actor: Actor, name: str, made: Made) -> None:
        """Keep a draft as it stands. Raises Environment when it cannot be kept."""
        require(actor, Right.TRAINER, Right.SUPERVISOR)
        write_whole(self._place(name), kept(made), private=True)

    def take_up(self, actor: Actor, name: str) -> Made:
        """A draft as it was kept last. Raises BadInput when there is none, or when it cannot be read."""
        require(actor, Right.TRAINER, Right.SUPERVISOR)
        try:
            text = self._place(name).read_text(encoding="utf-8")
        except FileNotFoundError:
            raise BadInput(f"{name} is not under way any more.", "name") from None
        except OSError as error:
            raise Environment(f"{name} cannot be read: {error.strerror}.") from error
        return taken_up(text, self._policy)

    def hand_on(self, actor: Actor, name: str, made: Made, target: Path) -> tuple[Path, int]:
        """Write the exercise's file and erase the draft: the file, and how many faults it still has for the editor.

        Raises Refused while a text is not passed, BadInput when the file cannot be that one.
        """
        require(actor, Right.TRAINER, Right.SUPERVISOR)
        target = target.expanduser().resolve()
        if target.suffix not in (".yaml", ".yml"):
            target = target.with_name(f"{target.name}.yaml")
        if is_shipped(target):
            raise BadInput("An exercise of your own belongs outside the program's files.", target.name)
        faults = 0
        try:
            export(made, target, self._policy)
        except BadInputs as error:
            # All was passed and it is written: what its form still lacks is mended in the editor.
            faults = len(error.faults)
        except OSError as error:
            raise Environment(f"{target.name} cannot be written: {error.strerror}.") from error
        self._place(name).unlink(missing_ok=True)
        return target, faults

    def erase(self, actor: Actor, name: str) -> None:
        """Erase a draft that nobody goes on with."""
        require(actor, Right.TRAINER, Right.SUPERVISOR)
        self._place(name).unlink(missing_ok=True)

    def _place(self, name: str) -> Path:
        return self._folder / f"{name}{_SUFFIX}"
