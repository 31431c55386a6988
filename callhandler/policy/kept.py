"""Keeps a policy that was read and found right: the next start need not read thousands of lines of YAML again.

What is kept counts only for the very files it was read from and the very code that judged them; else it is read anew.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from callhandler.errors import BadInput
from callhandler.policy.pack import Pack, Policy, policy_of

CODE = Path(__file__).resolve().parent


def load_kept(folder: Path, scheme: str, keep: Path) -> Policy:
    """The policy of `folder` and `scheme`, from what is kept in the folder `keep` where that is of the same files.

    Raises BadInputs as reading the files does. A copy that is damaged, or cannot be written, is done without.
    """
    mark = _mark(folder, scheme)
    if mark not in _known:
        _known[mark] = _found(folder, scheme, keep / f"policy-{scheme}.kept", mark)
    return _known[mark]


def scheme_names(folder: Path) -> tuple[str, ...]:
    """The schemes that `folder` holds, by file name."""
    return tuple(sorted(path.stem for path in (folder / "schemes").glob("*.yaml")))


_known: dict[str, Policy] = {}
"""What this process has read: a policy is a frozen value, and its mark changes with any letter of its files."""


def _found(folder: Path, scheme: str, file: Path, mark: str) -> Policy:
    found = _read(file, mark)
    if found is not None:
        return found
    # Reading YAML brings its reader along; a start that need not read it does without.
    from callhandler.policy.loader import load

    policy = load(folder, scheme)
    _write(file, mark, policy)
    return policy


def _mark(folder: Path, scheme: str) -> str:
    """One digest of the policy's files and of the code that reads and checks them."""
    digest = hashlib.sha256()
    files = [*sorted((folder / "core").glob("*.yaml")), folder / "schemes" / f"{scheme}.yaml"]
    code = [*sorted(CODE.glob("*.py")), *sorted((CODE.parent / "model").glob("*.py"))]
    for file in (*files, *code):
        data = file.read_bytes() if file.is_file() else b""
        digest.update(f"{file.name} {len(data)} ".encode())
        digest.update(data)
    return digest.hexdigest()


def _read(file: Path, mark: str) -> Policy | None:
    try:
        head, _, content = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    if head.decode("ascii", "replace").split() != [mark, hashlib.sha256(content).hexdigest()]:
        return None
    try:
        return policy_of(Pack.from_canonical(content))
    except BadInput:
        return None


def _write(file: Path, mark: str, policy: Policy) -> None:
    content = policy.pack.canonical()
    head = f"{mark} {hashlib.sha256(content).hexdigest()}\n".encode()
    # Another window may start at the same time: whichever is put in place last is whole.
    own = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        own.write_bytes(head + content)
        own.replace(file)
