"""One whole policy: the core and one scheme, named by the digest of its canonical bytes."""

import hashlib
import json
import re
import sys
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from callhandler.errors import BadInput
from callhandler.policy.contacts import ContactTable
from callhandler.policy.entries import (
    ConfirmationKind,
    IncidentType,
    Indicator,
    Manner,
    Question,
    Scheme,
    WarningRule,
)
from callhandler.policy.gates import Gates
from callhandler.policy.language import Language
from callhandler.policy.orders import OrderTable, OrderType, TermKind
from callhandler.policy.papers import Papers
from callhandler.policy.proposals import Offence, Referral
from callhandler.policy.responding import Escalation, Responses
from callhandler.policy.reviews import Reviews
from callhandler.policy.sharing import shared


class Pack(BaseModel):
    """One whole policy: the core and one scheme. `digest` names its canonical bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    indicators: tuple[Indicator, ...]
    questions: tuple[Question, ...]
    warnings: tuple[WarningRule, ...]
    orders: tuple[OrderType, ...]
    # A pack that was kept before these were policy is still read.
    order_states: OrderTable = OrderTable()
    terms: tuple[TermKind, ...] = ()
    confirmations: tuple[ConfirmationKind, ...]
    types: tuple[IncidentType, ...]
    manners: tuple[Manner, ...] = ()
    offences: tuple[Offence, ...] = ()
    referrals: tuple[Referral, ...] = ()
    responses: Responses = Responses()
    escalations: tuple[Escalation, ...] = ()
    papers: Papers = Papers()
    gates: Gates
    contacts: ContactTable = ContactTable()
    language: Language = Language()
    reviews: Reviews = Reviews()
    scheme: Scheme

    def canonical(self) -> bytes:
        """The bytes that are kept by digest: the same policy always gives the same bytes."""
        value = self.model_dump(mode="json", by_alias=True, exclude_unset=True)
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    @classmethod
    def from_canonical(cls, data: bytes) -> "Pack":
        """The pack whose canonical bytes these are. Raises BadInput when they are not a pack."""
        try:
            return cls.model_validate_json(data)
        except ValidationError as error:
            raise BadInput(f"the stored policy cannot be read: {error.error_count()} faults") from error


Phrases = dict[str, tuple[tuple[tuple[str, ...], str], ...]]
"""What callers say, by its first word: the words of each phrase, and the indicator that it suggests."""


@dataclass(frozen=True)
class Policy:
    """A pack ready for use, with its digest and look-ups by id."""

    pack: Pack
    digest: str
    indicators: dict[str, Indicator] = field(repr=False)
    questions: dict[str, Question] = field(repr=False)
    warnings: dict[str, WarningRule] = field(repr=False)
    orders: dict[str, OrderType] = field(repr=False)
    terms: dict[str, TermKind] = field(repr=False)
    confirmations: dict[str, ConfirmationKind] = field(repr=False)
    types: dict[str, IncidentType] = field(repr=False)
    phrases: Phrases = field(repr=False)
    manners: dict[str, Manner] = field(repr=False, default_factory=dict)
    offences: dict[str, Offence] = field(repr=False, default_factory=dict)
    referrals: dict[str, Referral] = field(repr=False, default_factory=dict)
    worked_out: dict[Hashable, Any] = field(init=False, repr=False, compare=False, default_factory=dict)
    """What was worked out of this policy alone, and is the same for every call."""

    @property
    def gates(self) -> Gates:
        """The gate table."""
        return self.pack.gates

    @property
    def responses(self) -> Responses:
        """Response states, roles, the suspect as a target."""
        return self.pack.responses

    @property
    def reviews(self) -> Reviews:
        """Which decisions are looked at again."""
        return self.pack.reviews

    @property
    def papers(self) -> Papers:
        """What the force decides about its papers."""
        return self.pack.papers

    @property
    def scheme(self) -> Scheme:
        """The force's grades."""
        return self.pack.scheme


def policy_of(pack: Pack) -> Policy:
    """A pack with its digest and look-ups."""
    pack = shared(pack)
    return Policy(
        pack=pack,
        digest=hashlib.sha256(pack.canonical()).hexdigest(),
        indicators={e.id: e for e in pack.indicators},
        questions={e.id: e for e in pack.questions},
        warnings={e.id: e for e in pack.warnings},
        orders={e.id: e for e in pack.orders},
        terms={e.id: e for e in pack.terms},
        confirmations={e.id: e for e in pack.confirmations},
        types={e.id: e for e in pack.types},
        manners={e.id: e for e in pack.manners},
        phrases=_phrases(pack.indicators),
        offences={e.id: e for e in pack.offences},
        referrals={e.id: e for e in pack.referrals},
    )


@lru_cache(maxsize=4096)
def plain_words(text: str) -> tuple[str, ...]:
    """A text as whole words for comparing: small letters, no punctuation."""
    return tuple(map(sys.intern, re.findall(r"\w+", text.casefold().replace("\u2019", "'").replace("'", ""))))


def _phrases(indicators: tuple[Indicator, ...]) -> Phrases:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for indicator in indicators:
        for phrase in indicator.words:
            words = plain_words(phrase)
            # One word alone says too little: "the firearms incident" is not a gun within his reach.
            if len(words) > 1:
                found.setdefault(words[0], []).append((words, indicator.id))
    return {first: tuple(phrases) for first, phrases in found.items()}
