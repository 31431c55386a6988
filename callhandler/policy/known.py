"""Reads a policy once in a process: the files' bytes decide whether it is still the same.

Nothing of it is kept on disk. Whoever may write to a desk's data folder could otherwise change the rules there, where
nobody looks, while the policy's own files stay as they were signed.
"""

import hashlib
from pathlib import Path

from callhandler.policy.loader import load
from callhandler.policy.pack import Policy

_known: dict[str, Policy] = {}
"""What this process has read, by the digest of its files: a policy is a frozen value."""


def load_once(folder: Path, scheme: str) -> Policy:
    """The policy of `folder` and `scheme`, read anew when any letter of its files has changed.

    Raises BadInputs as reading the files does.
    """
    mark = _mark(folder, scheme)
    if mark not in _known:
        _known[mark] = load(folder, scheme)
    return _known[mark]


def _mark(folder: Path, scheme: str) -> str:
    digest = hashlib.sha256()
    for file in (*sorted((folder / "core").glob("*.yaml")), folder / "schemes" / f"{scheme}.yaml"):
        data = file.read_bytes() if file.is_file() else b""
        digest.update(f"{file.name} {len(data)} ".encode())
        digest.update(data)
    return digest.hexdigest()
