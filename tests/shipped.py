"""The shipped policies, read once for all tests of a process."""

from functools import cache

from callhandler.policy.loader import load
from callhandler.policy.pack import Policy
from callhandler.settings import Settings


@cache
def shipped(scheme: str = "national") -> Policy:
    """A shipped policy, read from its files."""
    return load(Settings(database="").policy_folder, scheme)
