"""Looks a text over with the policies of this machine; each is read once."""

from dataclasses import replace
from pathlib import Path

from callhandler import app as core
from callhandler.policy.pack import Policy
from callhandler.services.training.looked_over import Looked, looked_over
from callhandler.settings import Settings


def look(text: str, file: Path, settings: Settings) -> Looked:
    """What is found in a text."""

    def policy_of(scheme: str) -> Policy:
        return core.load_policy(replace(settings, scheme=scheme))

    return looked_over(text, file, policy_of)
