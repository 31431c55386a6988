"""Policy entries of the papers: their marking, which answers each part of a briefing gathers, what each referral is told."""

from typing import Annotated, Literal

from pydantic import Field

from callhandler.policy.entry import Entry

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Sentence = Annotated[str, Field(min_length=3, max_length=400)]
PackPart = Literal[
    "people", "suspect", "children", "contact", "words", "injuries", "warnings", "orders", "history"
]
"""What a referral pack may tell; who it is about, why, and her leave are always told."""


class Gathered(Entry):
    """The questions whose answers, and the indicators whose disclosures, belong in one part of a briefing."""

    questions: tuple[Id, ...] = ()
    indicators: tuple[Id, ...] = ()
    markers: tuple[str, ...] = ()


class Basis(Entry):
    """On what law something is passed on, by what she said of it."""

    given: Sentence
    refused: Sentence
    not_asked: Sentence
    not_needed: Sentence
    verified: bool = False
    reference: Sentence


class Told(Entry):
    """What one referral is told, and nothing else."""

    referral: Id
    tells: Annotated[tuple[PackPart, ...], Field(min_length=1)]
    reference: Sentence


class Papers(Entry):
    """What a force decides about its papers. `marking` stands at the head and foot of every page."""

    marking: Annotated[str, Field(min_length=3, max_length=60)] = "OFFICIAL-SENSITIVE"
    suspect: Gathered = Gathered()
    children: Gathered = Gathered()
    access: Gathered = Gathered()
    contact: Gathered = Gathered()
    basis: Basis | None = None
    packs: tuple[Told, ...] = ()

    def told(self, referral: str) -> tuple[PackPart, ...]:
        """What a referral is told; where the policy does not say, only who it is about and why."""
        return next((t.tells for t in self.packs if t.referral == referral), ("people",))
