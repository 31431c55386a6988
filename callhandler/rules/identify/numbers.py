"""Telephone numbers: one E.164 from any UK spelling, and what was given instead when it is no such number.

Possible numbers are taken, valid or not: a number that the plan does not know still rang. (Ofcom's drama numbers are such
numbers.) Short numbers and prefixes are those of Ofcom's National Telephone Numbering Plan.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

from callhandler.rules.identify.number_words import parted, plain, says_withheld, shortened


class NumberKind(StrEnum):
    """What was given where a number belongs."""

    UK = "uk"
    INTERNATIONAL = "international"
    SERVICE = "service"
    SHORT = "short"
    LOCAL = "local"
    INCOMPLETE = "incomplete"
    TOO_LONG = "too-long"
    SEVERAL = "several"
    WITHHELD = "withheld"
    NOTHING = "nothing"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class GivenNumber:
    """What was given, told apart. `e164` is empty unless somebody can be rung by it; `sentence` says what it is."""

    kind: NumberKind
    sentence: str
    e164: str = ""
    extension: str = ""


_SHORT = {
    "999": "999 is the emergency number: nobody is known by it.",
    "112": "112 is the emergency number: nobody is known by it.",
    "18000": "18000 is the emergency number for text relay: nobody is known by it.",
    "101": "101 is the police's own number: nobody is known by it.",
    "111": "111 is the NHS's number: nobody is known by it.",
    "105": "105 is the number for power cuts: nobody is known by it.",
    "116123": "116 123 is a helpline's number: nobody is known by it.",
}
_SERVICE = {
    PhoneNumberType.TOLL_FREE: "a free number",
    PhoneNumberType.SHARED_COST: "a service number",
    PhoneNumberType.PREMIUM_RATE: "a premium-rate number",
    PhoneNumberType.UAN: "an organisation's number",
    PhoneNumberType.PERSONAL_NUMBER: "a follow-me number",
    PhoneNumberType.PAGER: "a pager's number",
}
_BEFORE = (
    ("18001", " It came by text relay."),
    ("18002", " It came by text relay."),
    ("141", ""),
    ("1470", ""),
)
"""Digits dialled before a number that are no part of it: text relay, and to hold back or give one's own number."""
_HIDDEN = re.compile(r"\d[\s-]*[*?xX_•]{2,}|[*?xX_•]{2,}[\s-]*\d")
_TWO = re.compile(r"[/,;&\n]|\bor\b|\band\b", re.IGNORECASE)
_WRITTEN = re.compile(r"[\d\s()+.\-–—‐‑_/\\]*")
FULL = 10
"""Digits of a UK number without its 0; a few old ones have fewer, and those the plan knows."""


def number_given(given: str) -> GivenNumber:
    """What was given as a number, told apart, with a plain sentence. Raises nothing, whatever it is."""
    text = plain(given)
    if not text:
        return GivenNumber(NumberKind.NOTHING, "No number was given.")
    shown = text if len(text) <= 40 else text[:40] + "…"
    if _HIDDEN.search(text):
        return GivenNumber(NumberKind.INCOMPLETE, f"Part of {shown} is hidden: it finds nobody.")
    if shortened(text):
        return GivenNumber(
            NumberKind.INCOMPLETE,
            f"A spreadsheet has shortened this number to {shown}: export that column as text.",
        )
    bare, extension = parted(text)
    digits = sum(c.isdigit() for c in bare)
    if digits < 3 and says_withheld(text):
        return GivenNumber(NumberKind.WITHHELD, "The number was withheld: nobody is found by it.")
    if _several(bare):
        return GivenNumber(
            NumberKind.SEVERAL, f"{shown} holds more than one number. Give them one at a time."
        )
    bare = " ".join(bare.split()).strip(" /,;")
    if digits < 3 or not _WRITTEN.fullmatch(bare) or not any(c.isdigit() and c != "0" for c in bare):
        return GivenNumber(NumberKind.NONE, f"{shown} is not a telephone number.")
    return _told_apart(bare, extension, shown)


def e164(given: str) -> str:
    """A number in E.164, from any UK spelling; empty when it is withheld, short, or no whole number."""
    return number_given(given).e164


def number_spoken(e164_form: str) -> str:
    """A number as people in the UK write it."""
    try:
        parsed = phonenumbers.parse(e164_form, "GB")
    except phonenumbers.NumberParseException:
        return e164_form
    national = parsed.country_code == 44
    form = PhoneNumberFormat.NATIONAL if national else PhoneNumberFormat.INTERNATIONAL
    text = phonenumbers.format_number(parsed, form)
    bare = re.sub(r"\D", "", text)
    return (
        f"{bare[:5]} {bare[5:8]} {bare[8:]}"
        if national and len(bare) == 11 and bare.startswith("07")
        else text
    )


def _several(bare: str) -> bool:
    pieces = [sum(c.isdigit() for c in p) for p in _TWO.split(bare)]
    return sum(n >= 7 for n in pieces) > 1 or (len(pieces) > 1 and pieces[0] >= 10 and pieces[1] > 0)


def _told_apart(bare: str, extension: str, shown: str) -> GivenNumber:
    dialled = re.sub(r"[^\d]", "", phonenumbers.normalize_digits_only(bare))
    if not bare.lstrip("( ").startswith("+"):
        if dialled in _SHORT:
            return GivenNumber(NumberKind.SHORT, _SHORT[dialled])
        if (len(dialled) <= 6 and dialled.startswith("1")) or (len(dialled) <= 5 and dialled.startswith("9")):
            return GivenNumber(NumberKind.SHORT, f"{shown} is a short number: nobody is known by it.")
        for prefix, note in _BEFORE:
            rest = dialled.removeprefix(prefix)
            if rest != dialled and rest.startswith("0") and len(rest) >= FULL:
                return _after(prefix, number_given(rest), note)
            if rest != dialled and rest.startswith("44") and len(rest) == FULL + 2:
                return _after(prefix, number_given(f"+{rest}"), note)
        if dialled.startswith("90") and len(dialled) == FULL + 2:
            return _after("9", number_given(dialled[1:]), "")
    parsed = _parsed(bare, dialled)
    if parsed is None:
        return GivenNumber(NumberKind.NONE, f"{shown} is not a telephone number.")
    return _judged(parsed, dialled, extension or (parsed.extension or ""), shown)


def _after(prefix: str, rest: GivenNumber, note: str) -> GivenNumber:
    said = note or f" {prefix} was dialled before it."
    return GivenNumber(rest.kind, rest.sentence + said, rest.e164, rest.extension)


def _parsed(bare: str, dialled: str) -> PhoneNumber | None:
    for text in (bare, f"+{dialled[2:]}" if dialled.startswith("00") else "", f"+{dialled[3:]}"):
        if not text or (text.startswith("+") and text != bare and not dialled.startswith(("00", "011"))):
            continue
        try:
            parsed = phonenumbers.parse(text, "GB")
        except phonenumbers.NumberParseException:
            continue
        # 011 is how other countries dial abroad; where it starts an ordinary number it is Sheffield's or Leicester's.
        if phonenumbers.is_possible_number(parsed) or not dialled.startswith("011") or text != bare:
            return parsed
    return None


def _judged(parsed: PhoneNumber, dialled: str, extension: str, shown: str) -> GivenNumber:
    possible = phonenumbers.is_possible_number_with_reason(parsed)
    home = parsed.country_code == 44
    length = len(phonenumbers.national_significant_number(parsed))
    if possible in (ValidationResult.TOO_LONG, ValidationResult.INVALID_LENGTH) and (
        possible == ValidationResult.TOO_LONG or length > FULL
    ):
        hint = "" if shown.startswith(("+", "00")) else " One of another country begins with +."
        return GivenNumber(NumberKind.TOO_LONG, f"{shown} has too many digits for a telephone number.{hint}")
    known = phonenumbers.is_valid_number(parsed)
    if home and length < FULL and not known:
        if not dialled.startswith(("0", "44", "7")) and 5 <= length <= 8:
            return GivenNumber(
                NumberKind.LOCAL, f"{shown} has no area code: give the whole number, beginning with 0."
            )
        return GivenNumber(NumberKind.INCOMPLETE, f"{shown} lacks digits: it finds nobody until it is whole.")
    if possible != ValidationResult.IS_POSSIBLE:
        return GivenNumber(NumberKind.INCOMPLETE, f"{shown} lacks digits: it finds nobody until it is whole.")
    form = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    if home:
        service = _SERVICE.get(phonenumbers.number_type(parsed))
        kind = NumberKind.SERVICE if service else NumberKind.UK
        sentence = f"{number_spoken(form)} is {service or 'a UK number'}."
    else:
        region = phonenumbers.region_code_for_number(parsed) or ""
        kind = NumberKind.INTERNATIONAL
        sentence = f"{number_spoken(form)} is a number of another country{f' ({region})' if region else ''}."
    if extension:
        sentence = f"{sentence[:-1]}, extension {extension}."
    return GivenNumber(kind, sentence, form, extension)
