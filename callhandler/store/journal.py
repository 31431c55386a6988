"""The chain: every recorded row's salted digest, each link holding the hash of the one before."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

GENESIS = "0" * 64


def new_salt() -> str:
    """Sixteen random bytes, as hex: without them a digest tells nothing about its row."""
    return secrets.token_hex(16)


def row_digest(kind: str, row: Mapping[str, Any]) -> str:
    """SHA-256 over table name and every column, the salt among them, in one fixed writing.

    A value that no row of ours can hold, such as bytes put there by somebody else, is written as Python shows it.
    """
    text = json.dumps(
        [kind, {k: row[k] for k in sorted(row)}], separators=(",", ":"), ensure_ascii=False, default=repr
    )
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def link_hash(prev: str, seq: int, kind: str, digest: str) -> str:
    """The hash of one link over the one before it."""
    return hashlib.sha256(f"{prev}|{seq}|{kind}|{digest}".encode()).hexdigest()
