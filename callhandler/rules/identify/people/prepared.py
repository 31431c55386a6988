"""What an engine for bulk linking compares of one name of one person: plain columns, so that engines reckon the same."""

import re
from collections.abc import Sequence

from callhandler.rules.identify.names.short_forms import also_called
from callhandler.rules.identify.names.tokens import Token, rough
from callhandler.rules.identify.people.record import Home, PersonRecord

_BRITISH = re.compile(r"[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}")
Row = dict[str, str | int | list[str] | None]
"""One name of one person; an empty text is None, so that nothing is ever the same because both are empty."""


def rows_of(record: PersonRecord) -> list[Row]:
    """A row for each of a person's names; none for somebody without a name, whom nothing could link."""
    out: list[Row] = []
    born = record.born if len(record.born) == 8 else ""
    year, month, day = born[:4], born[4:6], born[6:]
    whole = bool(born) and "00" not in (month, day)
    homes = sorted({key for h in record.homes for key in home_keys(h)})
    doors = sorted({key for h in record.homes for key in door_keys(h)})
    areas = sorted({key for h in record.homes for key in area_keys(h)})
    for n, name in enumerate(record.names):
        given, family = _joined(name.given), _joined(name.family)
        sounds = " ".join(sorted((rough(given), rough(family)))) if given and family else ""
        out.append(
            {
                "unique_id": f"{record.id}.{n}",
                "person": record.id,
                "given": given or None,
                "given_whole": given if len(given) > 1 else None,
                "given_letter": given[:1] or None,
                "given_sound": rough(given) or None,
                "given_forms": _forms(name.given),
                "family": family or None,
                "family_sound": rough(family) or None,
                "family_parts": sorted({t.plain for t in name.family if len(t.plain) > 2}),
                "names_sound": sounds or None,
                "born": born if whole else None,
                "born_year": (year if int(year or 0) else "") or None,
                "born_month": month if whole else None,
                "born_day": day if whole else None,
                "born_days": "".join(sorted((month, day))) if whole else None,
                "home": homes[0] if homes else None,
                "homes": homes or None,
                "doors": doors or None,
                "areas": areas or None,
                "numbers": sorted(record.numbers) or None,
            }
        )
    return out


def home_keys(home: Home) -> tuple[str, ...]:
    """Keys of a home: its door with the postcode, and with street and town as they sound, and as they begin and end.

    One slip leaves one. "12 High Street" without a town is in many towns, and so no home.
    """
    if not home.number and not home.more:
        return ()
    door, street, town = (
        f"{home.number}/{home.more}",
        home.street.replace(" ", ""),
        home.town.replace(" ", ""),
    )
    keys = [f"{door} {home.postcode}"] if len(home.postcode) > 4 else []
    if len(street) > 3 and town:
        # "12 Church Road" and "12 Churchill Close" begin alike and are two homes.
        ends = f"{street[:6]}~{street[-3:]}"
        keys += [f"{door} {rough(street)} {rough(town)}", f"{door} {ends} {town[:4]}~"]
    return tuple(keys)


def door_keys(home: Home) -> tuple[str, ...]:
    """Keys of a house whatever the flat or town: its number with the street as it sounds, and with the postcode."""
    street = home.street.replace(" ", "")
    keys = [f"{home.number} {rough(street)}"] if home.number and len(street) > 3 else []
    return (*keys, *([f"{home.number} {home.postcode}"] if home.number and len(home.postcode) > 4 else []))


def area_keys(home: Home) -> tuple[str, ...]:
    """Keys of where a home is: a street of a town as it sounds, and a British postcode, which is a part of a street."""
    street, town = home.street.replace(" ", ""), home.town.replace(" ", "")
    keys = [f"{rough(street)} {rough(town)}"] if len(street) > 3 and town else []
    return (*keys, *([home.postcode] if _BRITISH.fullmatch(home.postcode) else []))


def _joined(parts: Sequence[Token]) -> str:
    return "".join(p.plain for p in parts)


def _forms(given: Sequence[Token]) -> list[str]:
    return sorted({form for t in given if not t.initial for form in (t.plain, *also_called(t.plain))})
