"""Free text with everybody replaced who is known, and what in it may still point to somebody: for a person to pass.

Replacing is by what the record knows and by the forms of numbers, postcodes, dates. What is left is told generously: a text
that is listed and harmless costs a key, one that is not listed and names somebody cannot be taken back.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from anyascii import anyascii

from callhandler.services.training.from_incident.identities import Identities

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_STREETS = (
    "road|rd|street|st|avenue|ave|close|lane|ln|drive|dr|way|court|crescent|terrace|place|gardens|grove|walk|row|hill|park"
    "|square|mews|parade"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\w)@\w{2,}")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b", re.IGNORECASE)
_PLATE = re.compile(
    r"\b(?:[A-Z]{2}\d{2}\s?[A-Z]{3}|[A-Z]\d{1,3}\s?[A-Z]{3}|[A-Z]{3}\s?\d{1,3}[A-Z])\b", re.IGNORECASE
)
_DAY = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}})[/.-](?P<m>\d{{1,2}})[/.-](?P<y>\d{{4}}|\d{{2}})"
    rf"|(?P<y3>\d{{4}})-(?P<m3>\d{{2}})-(?P<d3>\d{{2}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<m2>{_MONTH})(?:,?\s+(?P<y2>\d{{4}}))?)\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w/])(?:\+|00)?\(?\d(?:[\s().-]{0,2}\d){6,14}(?!\w)")
_LONG = re.compile(r"\b(?=\w*\d{4})[A-Z0-9]{2,}(?:[/-][A-Z0-9]+)*\b", re.IGNORECASE)
_ADDRESS = re.compile(
    rf"\b(?:(?:flat|apartment|unit)\s+\w+,?\s+)?\d{{1,4}}[a-z]?\s+(?P<name>(?:[A-Z][\w'’-]+\s+){{1,3}}?)(?P<kind>{_STREETS})\b",
    re.IGNORECASE,
)
_ROAD = re.compile(rf"\b(?P<name>(?:[A-Z][\w'’-]+\s+){{1,2}})(?P<kind>{_STREETS})\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TELLING = frozenset(
    (
        *(
            "school",
            "college",
            "academy",
            "nursery",
            "university",
            "church",
            "mosque",
            "temple",
            "gurdwara",
            "synagogue",
        ),
        *(
            "hospital",
            "surgery",
            "clinic",
            "prison",
            "barracks",
            "employer",
            "works",
            "worked",
            "colleague",
            "manager",
        ),
        *(
            "team",
            "club",
            "gym",
            "pub",
            "shop",
            "takeaway",
            "restaurant",
            "salon",
            "garage",
            "factory",
            "warehouse",
        ),
        *(
            "office",
            "solicitor",
            "worker",
            "doctor",
            "nurse",
            "teacher",
            "councillor",
            "instagram",
            "facebook",
        ),
        *("snapchat", "tiktok", "whatsapp", "twitter", "twin", "tattoo", "birthmark", "scar", "wheelchair"),
    )
)
"""Words beside which somebody may be known without a name."""


_NEVER_NAMES = frozenset(
    ("will", "may", "can", "see", "young", "long", "day", "more", "may", "an", "so", "my", "do", "a")
)
"""Names that are nearly always another word where they are typed without a capital."""


@cache
def names_of_lists() -> frozenset[str]:
    """Every given and family name of Faker's British lists, folded."""
    from faker.providers.person.en_GB import Provider

    found = (*Provider.first_names, *Provider.last_names)
    return frozenset(anyascii(name).casefold() for name in found)


@dataclass(frozen=True, slots=True)
class Left:
    """What in a text may still point to somebody: the words, where, and why it is told."""

    words: str
    start: int
    end: int
    why: str


@dataclass
class Texts:
    """Replaces and tells what is left. `names` are the known names of people and places with their stand-ins."""

    identities: Identities
    names: Mapping[str, str]
    plain: frozenset[str]
    _patterns: list[tuple[re.Pattern[str], str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in sorted(self.names, key=len, reverse=True):
            words = [re.escape(w) for w in name.split()]
            if words:
                self._patterns.append(
                    (
                        re.compile(r"(?<!\w)" + r"[\s,.-]+".join(words) + r"(?!\w)", re.IGNORECASE),
                        self.names[name],
                    )
                )
        self._own = {w.casefold() for stand_in in self.names.values() for w in _WORD.findall(stand_in)}
        self._given_names = names_of_lists()
        self._near = {
            anyascii(w).casefold() for name in self.names for w in _WORD.findall(name) if len(w) >= 4
        }

    def replaced(self, text: str) -> str:
        """The text with stand-ins for everybody and everything that is known by name or by form."""
        marked: list[str] = []

        def keep(stand_in: str) -> str:
            # A stand-in that was put in is not looked at again: its digits would be taken for another number.
            marked.append(stand_in)
            return f"\x00{len(marked) - 1}\x00"

        def by(pattern: re.Pattern[str], made: Callable[[re.Match[str]], str]) -> None:
            nonlocal text
            text = pattern.sub(lambda m: keep(made(m)), text)

        who = self.identities
        by(_EMAIL, lambda m: who.email(m[0]))
        by(_URL, lambda _: "www.example.org")
        for pattern, stand_in in self._patterns:
            by(pattern, lambda _, s=stand_in: s)  # type: ignore[misc]
        by(_HANDLE, lambda m: "@" + who.email(m[0]).partition("@")[0])
        by(_DAY, self._moved)
        by(
            _ADDRESS,
            lambda m: (
                f"{who.digits(m[0].split()[0]) if m[0][0].isdigit() else '1'} {who.street(m['name'].strip())}"
            ),
        )
        by(_ROAD, lambda m: who.street(m["name"].strip()))
        by(_POSTCODE, lambda m: who.postcode(m[0]))
        by(_PLATE, lambda m: who.registration(m[0]))
        by(_PHONE, lambda m: who.number(m[0]))
        by(_LONG, lambda m: who.digits(m[0]))
        self._put_in = marked
        return re.sub("\x00(\\d+)\x00", lambda m: marked[int(m[1])], text)

    def left(self, replaced: str) -> tuple[Left, ...]:
        """What in a replaced text may still point to somebody, in order."""
        return tuple(self._left(replaced))

    def _left(self, text: str) -> Iterable[Left]:
        begins = {0, *(m.end() for m in re.finditer(r"[.!?:\n“\"(]\s*", text))}
        for found in _WORD.finditer(text):
            word, folded = found[0], anyascii(found[0]).casefold().replace("’", "'")
            bare = folded.removesuffix("'s")
            if folded in self._own or bare in self._own:
                continue
            known = bare in self.plain or folded in self.plain or bare.rstrip("s") in self.plain
            named = bare in self._given_names and bare not in _NEVER_NAMES
            if bare in _TELLING:
                yield Left(word, found.start(), found.end(), "may tell who it is without a name")
            elif word[0].isupper() and word.casefold() != "i" and not (found.start() in begins and known):
                yield Left(word, found.start(), found.end(), "written like a name")
            elif named:
                yield Left(word, found.start(), found.end(), "also a name")
            elif bare in self._near:
                yield Left(word, found.start(), found.end(), "like a name in the record")
            elif not known and len(bare) > 1:
                yield Left(word, found.start(), found.end(), "a word that is not known")
        for found in re.finditer(r"\d{3,}", text):
            if not any(found[0] in made for made in self._made()):
                yield Left(found[0], found.start(), found.end(), "digits")

    def _made(self) -> Iterable[str]:
        return self.identities._given.values()

    def _moved(self, found: re.Match[str]) -> str:
        parts = found.groupdict()
        day = parts["d"] or parts["d2"] or parts["d3"]
        month = parts["m"] or parts["m3"] or str(_MONTHS.index(parts["m2"][:3].casefold()) + 1)
        year = parts["y"] or parts["y2"] or parts["y3"]
        try:
            whole = int(year) + (2000 if year and len(year) == 2 else 0) if year else 2020
            moved = date(whole, int(month), int(day)) + timedelta(days=self.identities.days)
        except ValueError:
            return self.identities.digits(found[0])
        return f"{moved.day} {moved:%B} {moved.year}" if year else f"{moved.day} {moved:%B}"
