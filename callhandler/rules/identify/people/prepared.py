"""What an engine for bulk linking compares of one name of one person: plain columns, so that engines reckon the same."""

from collections.abc import Sequence

from callhandler.rules.identify.names.short_forms import also_called
from callhandler.rules.identify.names.tokens import Token, rough
from callhandler.rules.identify.people.record import Home, PersonRecord

Row = dict[str, str | int | list[str] | None]
"""One name of one person; an empty text is None, so that nothing is ever the same because both are empty."""


def rows_of(record: PersonRecord) -> list[Row]:
    """A row for each of a person's names; none for somebody without a name, whom nothing could link."""
    out: list[Row] = []
    born = record.born if len(record.born) == 8 else ""
    year, month, day = born[:4], born[4:6], born[6:]
    whole = bool(born) and "00" not in (month, day)
    homes = sorted({key for h in record.homes for key in home_keys(h)})
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
                "homes": homes,
                "numbers": sorted(record.numbers),
            }
        )
    return out


def home_keys(home: Home) -> tuple[str, ...]:
    """Keys of a home: its door with the street as it sounds, as it begins, and with the postcode; one slip leaves one."""
    if not home.number and not home.more:
        return ()
    door, street = f"{home.number}/{home.more}", home.street.replace(" ", "")
    keys = [f"{door} {rough(street)}", f"{door} {street[:4]}~"] if len(street) > 3 else []
    return (*keys, *([f"{door} {home.postcode}"] if home.postcode else []))


def _joined(parts: Sequence[Token]) -> str:
    return "".join(p.plain for p in parts)


def _forms(given: Sequence[Token]) -> list[str]:
    return sorted({form for t in given if not t.initial for form in (t.plain, *also_called(t.plain))})
