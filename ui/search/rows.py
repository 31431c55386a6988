"""What was found, as rows: a head for each group with its count, then its hits; and what is said where nothing was."""

from dataclasses import dataclass

from callhandler.model.search import Found, Group, GroupFound, Hit
from ui.common.words import tr
from ui.models.rows import Row


@dataclass(frozen=True)
class HeadRow(Row):
    """The head of a group: its name, and how many were found."""

    name: str
    count: str


@dataclass(frozen=True)
class HitRow(Row):
    """One thing found. `marks` are the places in `line` of what was looked for."""

    hit: Hit
    title: str
    line: str
    marks: tuple[tuple[int, int], ...]
    why: str
    noted: str


def names() -> dict[Group, str]:
    """The groups in words."""
    return {
        Group.PEOPLE: tr("People"),
        Group.PLACES: tr("Places"),
        Group.NUMBERS: tr("Numbers"),
        Group.VEHICLES: tr("Vehicles"),
        Group.INCIDENTS: tr("Incidents"),
        Group.TEXT: tr("Written and told"),
        Group.LESS_LIKELY: tr("People less likely meant"),
    }


def found_rows(found: Found) -> list[Row]:
    """Every group with its hits, in one list."""
    rows: list[Row] = []
    for group in found.groups:
        count = counted(group)
        name = names()[group.group]
        rows.append(HeadRow(f"head:{group.group.value}", f"{name}: {count}", "", name, count))
        rows += [_hit(h, name) for h in group.hits]
    return rows


def counted(group: GroupFound) -> str:
    """How many of a group are shown, and that there are more where there are. Who is less likely is not counted as found."""
    if group.group is Group.LESS_LIKELY:
        return tr("not counted: shown to make up ten")
    shown = len(group.hits)
    if group.more:
        return tr("the first {n} of more than {many}").format(n=shown, many=max(group.counted, shown))
    if group.counted > shown:
        return tr("the first {n} of {many}").format(n=shown, many=group.counted)
    return str(shown)


def behind(found: Found) -> str:
    """That not all can be found yet, and how far it is; empty when all can."""
    said = [
        tr("{done:,} of {all:,} {what}").format(done=done, all=of, what=_searchable()[group])
        for group, done, of in found.behind
    ]
    return (
        tr("Searchable so far: {what}. The rest is being read in.").format(what="; ".join(said))
        if said
        else ""
    )


def nothing(found: Found | None) -> str:
    """What is said where nothing is shown: empty is not the same as nothing happened."""
    if found is None or not found.asked.line.strip():
        return tr(
            "Type a name, an address, part of a number or of a registration, a reference, a day (12 Aug, last night), "
            "or words of the log. Words in quotes stand side by side."
        )
    if found.asked.nothing:
        return tr("There is no letter or digit in this to look for.")
    return tr("Nothing is recorded here under these words. That does not mean that nothing happened.")


def _searchable() -> dict[Group, str]:
    return {
        Group.PEOPLE: tr("names of people"),
        Group.PLACES: tr("names of places"),
        Group.NUMBERS: tr("numbers"),
        Group.VEHICLES: tr("vehicles"),
        Group.INCIDENTS: tr("references"),
        Group.TEXT: tr("log lines and other texts"),
    }


def _hit(hit: Hit, group: str) -> HitRow:
    how = tr("less likely") if hit.group is Group.LESS_LIKELY else tr("possible")
    noted = " · ".join((*hit.noted, *(() if hit.sure else (how,))))
    spoken = ". ".join(filter(None, (f"{group}: {hit.title}", noted, hit.line, hit.why)))
    tip = "\n".join(filter(None, (hit.title, noted, hit.line, hit.why)))
    return HitRow(hit.key, spoken, tip, hit, hit.title, hit.line, hit.marks, hit.why, noted)
