"""Stand-ins for people, places, numbers, vehicles and days: the same for the same, by a fixed seed; intervals are kept.

Names and streets are made by Faker's British lists. Telephone numbers are of the range that Ofcom keeps for drama, postcodes
of an area that does not exist, registrations of a form that was never issued.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from callhandler.rules.identify import e164

DRAMA = "07700 900{:03d}"
_EITHER = (
    *(
        "Alex",
        "Ashley",
        "Billie",
        "Casey",
        "Charlie",
        "Chris",
        "Drew",
        "Eden",
        "Frankie",
        "Jamie",
        "Jo",
        "Jordan",
        "Kelly",
    ),
    *(
        "Kim",
        "Lee",
        "Leslie",
        "Lou",
        "Morgan",
        "Nicky",
        "Pat",
        "Quinn",
        "Robin",
        "Rowan",
        "Sam",
        "Sandy",
        "Sidney",
        "Terry",
    ),
)
"""Given names that go with "he" and with "she": what the texts say of somebody goes on fitting."""
_SPACES = re.compile(r"\s+")


@dataclass
class Identities:
    """Gives stand-ins. `days` is by how much every day is moved: whole weeks, so that weekdays and shifts stay."""

    seed: int
    days: int = 0
    _given: dict[tuple[str, str], str] = field(default_factory=dict)
    _people: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Its lists are read when a log is made into an exercise, not when the program starts.
        from faker import Faker

        self._random = random.Random(self.seed)
        self._faker = Faker("en_GB")
        self._faker.seed_instance(self.seed)
        self._avoid: set[str] = set()
        self.days = self.days or -7 * self._random.randint(30, 300)

    def avoid(self, words: set[str]) -> None:
        """Words that no stand-in may hold: a made-up name must not be the real one of somebody else in the log."""
        self._avoid = {w.casefold() for w in words}

    def person(self, key: str) -> tuple[str, str]:
        """Given and family name for a person."""
        if key not in self._people:
            free = [name for name in _EITHER if name.casefold() not in self._avoid]
            given = self._fresh(lambda: self._random.choice(free) if free else str(self._faker.first_name()))
            family = self._fresh(self._faker.last_name)
            self._people[key] = given, family
        return self._people[key]

    def family(self, key: str, like: str) -> None:
        """Let a person have the family name of another: those who shared one go on sharing it."""
        given, _ = self.person(key)
        self._people[key] = given, self.person(like)[1]

    def street(self, key: str) -> str:
        """A street."""
        return self._same(
            "street",
            key,
            lambda: f"{self._fresh(self._faker.last_name)} {self._faker.street_suffix().title()}",
        )

    def town(self, key: str) -> str:
        """A town that does not exist."""
        return self._same(
            "town",
            key,
            lambda: (
                f"{self._fresh(self._faker.last_name)}{self._random.choice(('bourne', 'ley', 'wick', 'mere'))}"
            ),
        )

    def house(self, key: str) -> str:
        """The name of a building or of a business."""
        return self._same("house", key, lambda: f"{self._fresh(self._faker.last_name)} House")

    def postcode(self, key: str) -> str:
        """A postcode of an area that there is not."""
        made = lambda: f"ZZ{self._random.randint(1, 9)} {self._random.randint(1, 9)}ZZ"  # noqa: E731
        return self._same("postcode", _SPACES.sub("", key).upper(), made)

    def number(self, told: str) -> str:
        """A telephone number of the range for drama; the same number in another spelling gets the same one."""
        key = e164(told) or re.sub(r"\D", "", told)
        return self._same("number", key, self._next_number)

    def registration(self, key: str) -> str:
        """A registration; the letters Q and Z together were never issued in this form."""
        made = lambda: f"QZ{self._random.randint(10, 99)} ZZ{self._random.choice('ABCDEFGH')}"  # noqa: E731
        return self._same("registration", _SPACES.sub("", key).upper(), made)

    def email(self, key: str) -> str:
        """An address under the name that is kept for examples."""
        return self._same(
            "email", key.casefold(), lambda: f"{self._fresh(self._faker.first_name).lower()}@example.org"
        )

    def digits(self, key: str) -> str:
        """Other digits of the same shape: for references and account numbers."""

        def made() -> str:
            return re.sub(r"\d", lambda _: str(self._random.randint(0, 9)), key)

        return self._same("digits", key, made)

    def instant(self, at: datetime) -> datetime:
        """The same instant as many days away as everything else."""
        return at + timedelta(days=self.days)

    def _next_number(self) -> str:
        taken = {v for (kind, _), v in self._given.items() if kind == "number"}
        free = (DRAMA.format(n) for n in self._random.sample(range(1000), 1000))
        return next(n for n in free if n not in taken)

    def _same(self, kind: str, key: str, made: Callable[[], str]) -> str:
        if (kind, key) not in self._given:
            self._given[kind, key] = made()
        return self._given[kind, key]

    def _fresh(self, made: Callable[[], str]) -> str:
        while True:
            word = made()
            if word.casefold() not in self._avoid:
                self._avoid.add(word.casefold())
                return word
