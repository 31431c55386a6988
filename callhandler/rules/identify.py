"""Who and where: telephone numbers in any UK spelling, names folded, and which live incident a new call belongs to."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import phonenumbers

from callhandler.model.incident import Incident
from callhandler.model.picture import Picture


def e164(given: str) -> str:
    """A number in E.164, from any UK spelling; empty when it is withheld, short, or no number.

    Possible numbers are taken, valid or not: a number that the plan does not know still rang. (Ofcom's drama numbers
    are such numbers.)
    """
    text = unicodedata.normalize("NFKC", given).strip()
    try:
        parsed = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return ""
    # A half-typed number would match other people's: it is none.
    if phonenumbers.is_possible_number_with_reason(parsed) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def number_spoken(e164_form: str) -> str:
    """A number as people in the UK write it."""
    try:
        parsed = phonenumbers.parse(e164_form, "GB")
    except phonenumbers.NumberParseException:
        return e164_form
    national = parsed.country_code == 44
    form = (
        phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    text = phonenumbers.format_number(parsed, form)
    plain = re.sub(r"\D", "", text)
    return (
        f"{plain[:5]} {plain[5:8]} {plain[8:]}"
        if national and len(plain) == 11 and plain.startswith("07")
        else text
    )


def folded(name: str) -> str:
    """A name or address for comparing: no accents, case, punctuation or doubled space."""
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"\w+", letters.replace("'", "").replace("’", "")))


@dataclass(frozen=True, slots=True)
class Join:
    """The live incident that a call belongs to, and why in plain words. `sure` means that one key accepts it."""

    incident: Incident
    why: str
    sure: bool


def incident_to_join(candidates: Iterable[tuple[Picture, str]], people: frozenset[int]) -> Join | None:
    """Choose among the live incidents that the store offers, each with how it was found.

    A live incident with the same person in it is sure, from any number; one at the same place, or by number alone, is
    offered but not taken: people share numbers and places.
    """
    best: Join | None = None
    for picture, how in candidates:
        if picture.incident is None:
            continue
        parties = {p.person_id for p in picture.parties if p.incident_id == picture.here}
        same = parties & people
        sure = bool(same)
        why = f"{picture.name_of(min(same))} is in it" if same else how
        if sure or best is None:
            best = Join(picture.incident, why, sure)
        if sure:
            break
    return best
