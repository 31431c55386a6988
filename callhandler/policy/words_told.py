"""The words of a condition about what is told, answered and written down."""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from callhandler.model.facts import Reply
from callhandler.policy.entry import Entry

Scope = Literal["here", "history", "any"]
Weight = Literal["grave", "serious", "context"]
Teller = Literal["third_party", "other_agency", "officer", "child", "suspect"]


class Chosen(Entry):
    """Which indicators a word looks at: those named, or every one of at least a weight that is natural to some types."""

    indicators: tuple[str, ...] = ()
    weight: Weight | None = None
    natural_to: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _named_or_weighed(self) -> "Chosen":
        if bool(self.indicators) == (self.weight is not None):
            raise ValueError("names either indicators or a weight")
        if self.natural_to and self.weight is None:
            raise ValueError("natural_to narrows a weight")
        return self

    @cached_property
    def named(self) -> frozenset[str]:
        """The indicators that are named; none where a weight chooses them."""
        return frozenset(self.indicators)


class Present(Chosen):
    """One of these indicators was told: in the live incident, in its linked history, or in either.

    `open` asks for disclosures whose follow-up was never recorded; `by_suspect_here` for those about somebody who is a
    suspect in the live incident; `by_partner` for those about a partner or former partner of somebody at risk here;
    `by_respondent` for those about whom an order in force is against that protects somebody at risk here, meant or not;
    `unmet` for those of an earlier report about her whose target was missed; `at_least` for so many different ones;
    `stance: denied` for a denial.
    """

    scope: Scope = "here"
    open: bool | None = None
    by_suspect_here: bool = False
    by_partner: bool = False
    by_respondent: bool = False
    unmet: bool = False
    stance: Literal["told", "denied"] = "told"
    told_by_third_party: bool = False
    told_by: tuple[Teller, ...] = ()
    at_least: Annotated[int, Field(gt=0)] = 1
    within_days: Annotated[int, Field(gt=0)] | None = None

    @cached_property
    def narrowed(self) -> bool:
        """Whether more is asked than that one of the indicators was told in that scope."""
        return not self.model_fields_set <= {"indicators", "weight", "natural_to", "scope", "stance"}


class Again(Chosen):
    """The same indicator is told here and was told in linked history, there about somebody who is a suspect here.

    `by_suspect_here: false` asks for the same about anybody.
    """

    by_suspect_here: bool = True


class NewInRepeatCall(Chosen):
    """Something told since the newest call in, and in no earlier call of this incident."""


class Unknown(Entry):
    """None of these questions has an explicit yes or no: not asked, not known, declined and later are all unknown."""

    questions: Annotated[tuple[str, ...], Field(min_length=1)]


class Replied(Entry):
    """A question has this explicit reply."""

    question: str
    reply: Reply


class NotAnswered(Entry):
    """So many guided questions were asked and have no plain yes or no."""

    at_least: Annotated[int, Field(gt=0)]
    replies: tuple[Literal["declined", "not_known", "later"], ...] = ("declined", "not_known", "later")


class SaidNotLogged(Entry):
    """A line of the log holds words of an indicator of at least this weight, which nobody recorded as told."""

    weight: Weight = "grave"


class TypeMisfit(Entry):
    """Something of at least this weight is told here whose natural types do not hold the incident's type."""

    weight: Weight = "serious"


class NothingTold(Entry):
    """The incident has no type yet and nothing was told in it: not that there is nothing, only that it is not known."""


class HasRole(Entry):
    """Somebody here holds this role in the live incident, or in the linked history of her household."""

    role: Literal["suspect", "child", "at_risk"]
    scope: Scope = "here"
    at_least: Annotated[int, Field(gt=0)] = 1


class NobodyAtRisk(Entry):
    """Nobody is put down here as at risk, as a child or as harmed, and nobody rang for herself."""


class ReporterAtRiskBefore(Entry):
    """Who reports here is not put down as at risk, and has a live order or earlier reports of harm of her own."""


class Unnamed(Entry):
    """Somebody holds one of these roles here and none of them has a name."""

    roles: Annotated[tuple[Literal["at_risk", "suspect", "caller"], ...], Field(min_length=1)]
