"""A made picture of 25 people and 60 past incidents: three generations, households, former partners."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from callhandler.model.incident import Incident, Party
from callhandler.model.order import Order
from callhandler.model.people import (
    Number,
    NumberTie,
    Person,
    PersonTie,
    Place,
    PlaceTie,
    Relation,
    Role,
    Tie,
    Vehicle,
)
from callhandler.model.picture import Link, Picture, Via
from callhandler.model.when import Precision, When

NOW = datetime(2026, 3, 6, 20, 0, tzinfo=UTC)
NAMES = (
    "Adult 1", "The former partner", "Adult 1's mother", "Adult 1's stepfather", "First child", "Second child",
    "His mother", "His father", "His brother", "Adult 1's sister", "The sister's partner", "Nephew", "Niece",
    "An earlier partner of his", "Her first child", "Her second child", "Neighbour above", "Neighbour below",
    "A friend", "A work colleague", "Housing officer", "An unnamed man", "An unnamed witness", "His cousin",
    "Adult 1's aunt",
)  # fmt: skip
HER, HIM, MOTHER, STEP, C1, C2, HIS_MOTHER, HIS_FATHER, BROTHER, SISTER, HER_PARTNER, NEPHEW, NIECE = range(
    1, 14
)
EARLIER, E1, E2, ABOVE, BELOW, FRIEND, COLLEAGUE, HOUSING, MAN, WITNESS, COUSIN, AUNT = range(14, 26)
TYPES = ("domestic-abuse", "harassment", "criminal-damage", "concern-for-welfare")


def large() -> Picture:
    """The picture, as of one evening."""
    people = tuple(
        Person(i, name, str(1960 + i) if i < 16 else "", not name.startswith("An unnamed"))
        for i, name in enumerate(NAMES, start=1)
    )
    labels = ("Her flat", "His parents' house", "Mother's house", "Sister's house", "The earlier partner's flat",
              "A shop", "The school", "The street outside")  # fmt: skip
    places = tuple(Place(101 + i, label, f"{i + 1} Invented Road") for i, label in enumerate(labels))
    numbers = tuple(Number(201 + i, f"+447700900{100 + i}", f"07700 900{100 + i}") for i in range(9))
    return Picture(
        as_of=NOW,
        upto=9_999,
        incident=Incident(
            1, "u1", "0412 · 6 Mar 2026", TYPES[0], When(NOW - timedelta(minutes=9)), NOW, 101, live=True
        ),
        people=people,
        places=places,
        numbers=numbers,
        vehicles=(Vehicle(301, "AB12 CDE", "silver hatchback", HIM), Vehicle(302, "", "white van", BROTHER)),
        person_ties=_relations(),
        place_ties=_homes(),
        number_ties=tuple(
            NumberTie(900 + i, person, 201 + i)
            for i, person in enumerate((HER, HIM, MOTHER, SISTER, EARLIER, BROTHER, ABOVE, FRIEND, HER))
        ),
        orders=(_order(801, HER), _order(802, EARLIER)),
        **_history(),
    )


def _relations() -> tuple[PersonTie, ...]:
    told = (
        (HIM, Relation.PARTNER, HER), (HIM, Relation.EX_PARTNER, HER), (MOTHER, Relation.PARENT, HER),
        (STEP, Relation.PARTNER, MOTHER), (C1, Relation.CHILD, HER), (C1, Relation.CHILD, HIM),
        (HER, Relation.PARENT, C2), (HIM, Relation.PARENT, C2), (HIS_MOTHER, Relation.PARENT, HIM),
        (HIS_FATHER, Relation.PARENT, HIM), (HIS_MOTHER, Relation.PARENT, BROTHER), (HIS_FATHER, Relation.PARENT, BROTHER),
        (SISTER, Relation.SIBLING, HER), (MOTHER, Relation.PARENT, SISTER), (HER_PARTNER, Relation.PARTNER, SISTER),
        (SISTER, Relation.PARENT, NEPHEW), (HER_PARTNER, Relation.PARENT, NEPHEW), (SISTER, Relation.PARENT, NIECE),
        (HIM, Relation.EX_PARTNER, EARLIER), (EARLIER, Relation.PARENT, E1), (HIM, Relation.PARENT, E1),
        (EARLIER, Relation.PARENT, E2), (ABOVE, Relation.NEIGHBOUR, HER), (BELOW, Relation.NEIGHBOUR, HER),
        (FRIEND, Relation.OTHER, HER), (COUSIN, Relation.RELATIVE, HIM), (AUNT, Relation.SIBLING, MOTHER),
    )  # fmt: skip
    return tuple(
        PersonTie(700 + i, a, b, relation, When(NOW - timedelta(days=900 - i)))
        for i, (a, relation, b) in enumerate(told)
    )


def _homes() -> tuple[PlaceTie, ...]:
    homes = ((101, (HER, C1, C2)), (102, (HIM, HIS_MOTHER, HIS_FATHER, BROTHER)), (103, (MOTHER, STEP)),
             (104, (SISTER, HER_PARTNER, NEPHEW, NIECE)), (105, (EARLIER, E1, E2)))  # fmt: skip
    since = When(NOW - timedelta(days=800), Precision.MONTH)
    return tuple(
        PlaceTie(1_000 + 20 * place + person, person, place, Tie.LIVES, since)
        for place, who in homes
        for person in who
    )


def _order(key: int, protected: int) -> Order:
    known = NOW - timedelta(days=60)
    return Order(
        id=key, type="nmo", incident_id=None, protected_id=protected, respondent_id=HIM, source="caller", court="",
        without_notice="", made=None, expires=None, until_further_order=False, known_at=known,
    )  # fmt: skip


def _history() -> dict[str, tuple[object, ...]]:
    """60 incidents: many between her and him, some with others, some that name nobody."""
    casts: list[tuple[str, tuple[tuple[int, Role], ...], int, int]] = [
        (TYPES[0], ((HER, Role.AT_RISK), (HIM, Role.SUSPECT)), 101, 14),
        (TYPES[1], ((HER, Role.CALLER), (HIM, Role.SUSPECT)), 101, 7),
        (TYPES[0], ((EARLIER, Role.AT_RISK), (HIM, Role.SUSPECT)), 105, 8),
        (TYPES[0], ((HER, Role.AT_RISK), (HIM, Role.SUSPECT), (C1, Role.CHILD)), 101, 4),
        (TYPES[2], ((MOTHER, Role.CALLER), (HIM, Role.SUSPECT)), 103, 3),
        (TYPES[3], ((HIS_MOTHER, Role.CALLER), (HIM, Role.AT_RISK)), 102, 3),
        (TYPES[2], ((SISTER, Role.CALLER), (MAN, Role.SUSPECT)), 104, 2),
        (TYPES[3], ((ABOVE, Role.REPORTER),), 101, 4),
        (TYPES[0], (), 101, 5),
        (TYPES[1], ((HOUSING, Role.REPORTER), (HER, Role.AT_RISK)), 108, 2),
        (TYPES[2], ((BROTHER, Role.SUSPECT), (FRIEND, Role.WITNESS)), 106, 2),
        (TYPES[3], ((BELOW, Role.REPORTER), (C2, Role.CHILD)), 107, 2),
        (TYPES[1], ((COLLEAGUE, Role.WITNESS), (HIM, Role.SUSPECT)), 106, 1),
        (TYPES[0], ((E1, Role.CHILD), (EARLIER, Role.CALLER), (HIM, Role.SUSPECT)), 105, 2),
        (TYPES[2], ((WITNESS, Role.WITNESS), (COUSIN, Role.SUSPECT)), 108, 1),
    ]  # fmt: skip
    incidents, parties, links = [], [], []
    for kind, cast, place, many in casts:
        for _ in range(many):
            number = len(incidents)
            opened = When(NOW - timedelta(days=1_800 - 29 * number), Precision.DAY)
            key = 2_000 + number
            incidents.append(
                Incident(key, f"u{key}", f"{key}", kind, opened, opened.at, place, "What was told then.")
            )
            parties += [Party(3_000 + 10 * number + i, key, who, role) for i, (who, role) in enumerate(cast)]
            links.append(Link(key, Via.PERSON if cast else Via.PLACE, cast[0][0] if cast else place))
    here = (
        (HER, Role.CALLER),
        (HER, Role.AT_RISK),
        (HIM, Role.SUSPECT),
        (C1, Role.CHILD),
        (C2, Role.CHILD),
    )
    parties += [Party(10 + i, 1, who, role) for i, (who, role) in enumerate(here)]
    return {"linked": tuple(incidents), "parties": tuple(parties), "links": tuple(links)}


def one_more(picture: Picture) -> Picture:
    """The same with one more past incident, between her and him."""
    at = When(NOW - timedelta(days=2), Precision.DAY)
    new = Incident(2_990, "u2990", "2990", TYPES[2], at, at.at, 101, "A window was broken.")
    parties = (Party(3_990, 2_990, HER, Role.CALLER), Party(3_991, 2_990, HIM, Role.SUSPECT))
    return replace(
        picture,
        linked=(*picture.linked, new),
        parties=(*picture.parties, *parties),
        links=(*picture.links, Link(2_990, Via.PERSON, HER)),
    )
