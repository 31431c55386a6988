"""Names and places on record are found by another writing of them, by keys alone, in as many statements at any size."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, QueuePool, text
from sqlalchemy.exc import OperationalError

from callhandler.errors import Environment
from callhandler.policy.pack import Policy
from callhandler.rules.identify.folding import folded
from callhandler.rules.identify.names import keys as name_keys
from callhandler.services import as_one, finding, keying, naming
from callhandler.services.office import Office, work
from callhandler.store import beside, keeping_keys, keys, schema, tables
from callhandler.store.engine import make_engine
from callhandler.store.unit_of_work import reading
from tests.labelled import rows
from tests.store.test_picture_cost import statements, whole_tables_read
from tests.store.world import open_office
from tests.stores import Store

HILL = "Joan Hill"


def people(office: Office, told: str, born: str = "") -> finding.Found:
    with reading(office.engine) as connection:
        return finding.people_like(connection, told, born)


def places(office: Office, told: str) -> finding.Found:
    with reading(office.engine) as connection:
        return finding.places_like(connection, told)


def test_a_misspelt_a_transliterated_and_a_turned_name_find_the_person_as_possible(office: Office) -> None:
    with work(office) as w:
        her = naming.new_person(w, "Katarzyna Wiśniewska", born="1990-05-04")
        him = naming.new_person(w, "فاطمة الزهراء")
        naming.new_person(w, "Peter Lamb")
    for told in ("Kasia Wisniewska", "Katarzina Wisniewski", "Wisniewska Katarzyna", "K Wisniewska"):
        (found,) = people(office, told).candidates
        assert (found.id, found.confirmed) == (her, False), told
        assert found.why, told
    assert [c.id for c in people(office, "Fatimah Zahra").candidates] == [him]
    assert people(office, "katarzyna wisniewska", "1990").candidates[0].confirmed
    assert people(office, "Martha Quill").candidates == ()
    assert people(office, "  ").candidates == ()


def test_a_further_name_finds_her_too_and_her_first_still_does(office: Office) -> None:
    with work(office) as w:
        her = naming.new_person(w, "Sarah Marsh")
        naming.goes_by(w, her, "Sarah Thompson")
    for told in ("Sara Thomson", "Sara Marsh"):
        found = people(office, told)
        assert [c.id for c in found.candidates] == [her]
        assert found.names[her] == "Sarah Marsh"


def test_of_two_people_of_one_name_a_call_takes_neither(office: Office) -> None:
    with work(office) as w:
        one = naming.person(w, HILL)
        assert naming.person(w, "joan  hill") == one
        other = naming.new_person(w, HILL)
        assert naming.person(w, HILL) not in (one, other)
    assert not any(c.confirmed for c in people(office, HILL).candidates)


def test_the_same_address_in_other_words_is_the_same_place_and_a_flat_of_it_is_not(office: Office) -> None:
    with work(office) as w:
        house = naming.place(w, "12 Larkmoor Street, Dudley DY1 2AB")
        assert naming.place(w, "12 larkmoor st dudley dy12ab") == house
        assert naming.place(w, "Flat 3, 12 Larkmoor St, Dudley DY1 2AB") != house
        # No town said, and written otherwise than either name on record: it may be another.
        assert naming.place(w, "12 Larkmoor St") != house


def test_what_is_around_a_flat_is_told_by_what_it_is_to_it(office: Office) -> None:
    with work(office) as w:
        ids = [
            naming.place(w, f"{words}, Dudley DY1 2AB")
            for words in (
                "First floor flat, 9 Larkmoor Street",
                "Ground floor flat, 9 Larkmoor St",
                "9 Larkmoor Street",
                "11 Larkmoor Street",
                "95 Larkmoor Street",
            )
        ]
        naming.place(w, "9 Larkmoor Street, Walsall WS1 1AA")
    with statements(office.engine) as seen, reading(office.engine) as connection:
        found = finding.places_around(connection, ids[0])
    assert [(a.place_id, a.words) for a, *_ in found] == [
        (ids[2], "the building it is in"),
        (ids[1], "the flat below"),
        (ids[3], "next door"),
    ]
    assert len(seen) == 4


def test_records_judged_to_be_one_are_one_candidate_with_every_name_and_a_nameless_one_lends_none(
    office: Office,
) -> None:
    with work(office) as w:
        her = naming.new_person(w, "Katarzyna Wiśniewska", born="1990-05-04")
        told = naming.new_person(w, "Kasia Wisniewski")
        nameless = naming.new_person(w, "Caller from 07700 900 123", named=False)
        number = w.uow.append(tables.number, e164="+447700900123", as_given="07700 900123")
        for person in (told, nameless):
            w.uow.append(tables.number_tie, person_id=person, number_id=number)
            row = {"kind": "person", "verdict": "same", "reason": "", "author": "A", "incident_id": None}
            w.uow.append(tables.same_as, a=her, b=person, **row)
    with reading(office.engine) as connection:
        for found in (
            finding.people_like(connection, "Kasia Wisniewska"),
            finding.who_rings(connection, "", number),
            finding.who_rings(connection, "Kate Wisniewski", number),
        ):
            assert found.names == {her: "Katarzyna Wiśniewska (also Kasia Wisniewski), born 4 May 1990"}
        assert finding.who_rings(connection, "", number).candidates[0].confirmed
        assert as_one.one_each(connection, (nameless, told)) == (told,)


def test_a_name_without_keys_gets_them_when_the_store_is_opened_and_once(office: Office) -> None:
    with work(office) as w:
        her = w.uow.append(tables.person, name=HILL, born="", named=True)
        w.uow.append(tables.person_name, person_id=her, name=HILL, folded=folded(HILL))
    assert people(office, "Jone Hill").candidates == ()
    with work(office) as w:
        w.uow.append(tables.person_name, person_id=her, name="Jo", folded="jo")
    said: list[tuple[int, int]] = []
    assert keying.keep_all_keys(office, most=1, say=lambda given, of: said.append((given, of))) == 2
    assert said == [(1, 2), (2, 2)]
    assert keying.keep_all_keys(office, say=lambda given, of: said.append((given, of))) == 0
    assert len(said) == 2
    assert [c.id for c in people(office, "Jone Hill").candidates] == [her]


def test_keys_are_worked_out_with_nothing_held_and_a_batch_that_is_cut_loses_no_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = []
    with work(office) as w:
        for name in (HILL, "Zofia Wardle", "Peter Lamb", "Ruben Pratt"):
            ids.append(w.uow.append(tables.person, name=name, born="", named=True))
            w.uow.append(tables.person_name, person_id=ids[-1], name=name, folded=folded(name))
    pool, work_out, add = office.engine.pool, name_keys.keys_of_name, keeping_keys.add_names
    asked: list[str] = []

    def worked_out(name: str, *births: str) -> set[tuple[int, int]]:
        assert isinstance(pool, QueuePool) and pool.checkedout() == 0
        asked.append(name)
        return work_out(name, *births)

    def cut_in_the_second(connection: Connection, given: Iterable[tuple[int, int, int]], upto: int) -> None:
        add(connection, given, upto)
        if len(asked) == 4:
            raise OperationalError("INSERT", None, Exception("terminating connection"))

    monkeypatch.setattr(name_keys, "keys_of_name", worked_out)
    with monkeypatch.context() as cut:
        cut.setattr(keeping_keys, "add_names", cut_in_the_second)
        with pytest.raises(Environment):
            keying.keep_all_keys(office, most=2)
    # The first two are found; the others are where the next goes on, and none is worked out twice but those that were lost.
    assert [bool(people(office, told).candidates) for told in ("Jone Hill", "Rubin Prat")] == [True, False]
    assert keying.keep_all_keys(office, most=2) == 2
    assert len(asked) == 6
    assert [c.id for told in ("Jone Hill", "Rubin Prat") for c in people(office, told).candidates] == [
        ids[0], ids[3],
    ]  # fmt: skip


def test_keys_of_an_older_kind_are_made_anew_when_the_store_is_opened_next(
    store: Store, policy: Policy
) -> None:
    with from_before(store, policy, "0025") as (office, her):
        pass
    assert people(office, "Joan aWrdlle").candidates == ()
    assert keying.keep_all_keys(office) == 1
    assert [c.id for c in people(office, "Joan aWrdlle").candidates] == [her]
    office.engine.dispose()


def test_a_date_of_birth_of_before_finds_her_alone_once_the_store_is_brought_up_to_date(
    store: Store, policy: Policy
) -> None:
    with from_before(store, policy, "0026") as (office, her), store.plain(owner=True) as plain:
        for born in (19770411, 19770400):
            row = f"SELECT 5, {born}, max(id) FROM person_name"
            plain.run(f"INSERT INTO name_key (key, born, name_id) {row}")
        plain.connection.commit()
    with reading(office.engine) as connection:
        kept = connection.exec_driver_sql("SELECT born FROM name_key WHERE key = 1").scalars().all()
        rows, _ = beside.at_once(connection, keys.found_widely(connection, [], [(1, 19770411, 19770411)]))
        (found,) = beside.at_once(connection, keys.names_by_id(connection, [rows[0][2]]))
    assert kept == [19770411]
    assert found.subject_id == her
    office.engine.dispose()


@contextmanager
def from_before(store: Store, policy: Policy, version: str) -> Iterator[tuple[Office, int]]:
    """A store of an earlier version in which Joan Wardle is, for as long as it is left so; then it is brought up to date."""
    office = open_office(store, policy)
    with work(office) as w:
        her = naming.new_person(w, "Joan Wardle")
    owner = make_engine(store.owned)
    schema.downgrade(owner, version)
    yield office, her
    schema.upgrade(owner)
    owner.dispose()


@pytest.mark.parametrize("told", ["Joan aWrdlle", "Joan ardel", "aWrdlle Joan", "Joan Xardme", "Jaon Wradle"])
def test_two_slips_find_her_among_many_who_bear_one_of_the_names(office: Office, told: str) -> None:
    with work(office) as w:
        her = naming.new_person(w, "Joan Wardle")
        for n in range(40):
            naming.new_person(w, f"Joan Aw{'bcdfg'[n % 5]}{'aeiou'[n // 5 % 5]}ck{n // 25 * 'er'}")
    assert people(office, told).candidates[0].id == her


def test_the_date_of_birth_finds_who_has_a_slip_in_one_name_and_another_other_name(office: Office) -> None:
    with work(office) as w:
        her = naming.new_person(w, "Chelsea Marsh", born="1971-05-26")
        naming.new_person(w, "Chelsea Pratt", born="1971-05-27")
    assert her in {c.id for c in people(office, "Chelea Fitzroy", "1971-05-26").candidates}


def test_whoever_looks_outright_sees_the_same_people_first_and_then_those_less_likely(office: Office) -> None:
    cases = [*_with_names(office, "held").values()][::5]
    with reading(office.engine) as connection:
        for case in cases:
            told, born = case["a"], case["born_a"]
            narrow, wide = (
                look(connection, told, born) for look in (finding.people_like, finding.people_widely)
            )
            assert wide.candidates == narrow.candidates, told
            assert all(narrow.names[c.id] == wide.names[c.id] for c in narrow.candidates)
            others = [c.id for c in wide.less_likely]
            assert not {c.id for c in wide.candidates} & set(others) and len(set(others)) == len(others)
            assert len(wide.candidates) + len(others) <= 10 and all(wide.names[i] for i in others)


@pytest.mark.parametrize(
    ("told", "born", "why"),
    [
        ("Ruvben Wardle", "1955-11-30", "another date of birth"),
        ("Wrdale", "", "one has a name more"),
        ("Zofia Nowak", "1977-04-11", "another name; same date of birth"),
        ("Zofia Wardle", "", "Zofia is not Reuben"),
    ],
)
def test_a_last_resort_finds_who_has_little_alike_and_only_where_she_is_looked_for(
    office: Office, told: str, born: str, why: str
) -> None:
    with work(office) as w:
        him = naming.new_person(w, "Reuben Wardle", born="1977-04-11")
        naming.new_person(w, "Peter Lamb", born="1940-01-01")
    assert people(office, told, born).candidates == ()
    with reading(office.engine) as connection:
        found = finding.people_widely(connection, told, born)
    assert [c.id for c in found.less_likely] == [him] and why in found.less_likely[0].reasons


def test_a_common_word_leaves_room_for_a_rare_one(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "EACH", 3)
    with work(office) as w:
        her = naming.new_person(w, "Zofia Wardle")
        for n in range(5):
            naming.new_person(w, f"Joan A{'bcdfg'[n]}ck")
    with reading(office.engine) as connection:
        assert her in {c.id for c in finding.people_widely(connection, "Joan Wardle").less_likely}


def _with_names(office: Office, part: str) -> dict[int, dict[str, str]]:
    cases = [c for c in rows("names") if c["part"] == part]
    out = {}
    with work(office) as w:
        for case in cases:
            person = w.uow.append(tables.person, name=case["b"], born=case["born_b"], named=True)
            w.uow.append(tables.person_name, person_id=person, name=case["b"], folded=folded(case["b"]))
            out[person] = case
    keying.keep_all_keys(office)
    return out


def test_held_out_names_are_among_the_first_ten_of_all(office: Office) -> None:
    cases = {p: c for p, c in _with_names(office, "held").items() if c["same"] == "1"}
    missed = [
        (c["a"], c["b"])
        for p, c in cases.items()
        if p not in {f.id for f in people(office, c["a"], c["born_a"]).candidates}
    ]
    assert len(missed) / len(cases) <= 0.05, missed


def test_held_out_places_are_among_the_first_ten_of_all(office: Office) -> None:
    cases = {}
    with work(office) as w:
        for case in (c for c in rows("places") if c["part"] == "held"):
            words = case["b"]
            place = w.uow.append(tables.place, label=words, address=words, postcode="", kind="")
            w.uow.append(tables.place_name, place_id=place, name=words, folded=folded(words))
            cases[place] = case
    keying.keep_all_keys(office)
    same = {p: c for p, c in cases.items() if c["relation"] == "same"}
    missed = [
        (c["a"], c["b"])
        for p, c in same.items()
        if p not in {f.id for f in places(office, c["a"]).candidates}
    ]
    assert len(missed) / len(same) <= 0.03, missed


def test_it_takes_as_many_statements_for_one_name_as_for_hundreds_and_reads_no_whole_table(
    office: Office,
) -> None:
    with work(office) as w:
        naming.new_person(w, HILL)
        naming.place(w, "12 Larkmoor Street, Dudley")
    with statements(office.engine) as few:
        people(office, "Jone Hill", "1980-02-01")
        places(office, "12 Larkmoor St, Dudley")
    _with_names(office, "tune")
    with statements(office.engine) as many:
        people(office, "Jone Hill", "1980-02-01")
        places(office, "12 Larkmoor St, Dudley")
    # Three for who and one for where, and for each one more: which of the records found are read as one. The shared
    # database is asked at the same time for every name of whoever was found.
    assert len(few) == len(many) == 6 + (office.engine.dialect.name == "postgresql")
    assert not whole_tables_read(office, many)


def test_when_too_many_are_weighed_it_is_said(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "MOST", 3)
    with work(office) as w:
        for _ in range(4):
            naming.new_person(w, HILL)
    found = people(office, HILL)
    assert not found.complete and found.candidates
    assert people(office, "Martha Quill").complete


def test_of_many_at_one_number_the_one_in_the_town_that_was_said_is_compared(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "MOST_PLACES", 3)
    with work(office) as w:
        first = naming.place(w, "12 Larkmoor Street, Dudley")
        for town in ("Solihull", "Walsall", "Coventry", "Redditch", "Tipton", "Stourbridge"):
            naming.place(w, f"12 Larkmoor Street, {town}")
    for told in ("12 Larkmoor Street, Dudley", "12 Larkmoro Street, Dudley", "12 larkmoor dudley"):
        found = places(office, told)
        assert [c.id for c in found.candidates] == [first] and not found.complete, told


def test_keys_are_added_to_and_never_taken_away(office: Office) -> None:
    with work(office) as w:
        naming.new_person(w, HILL)
        keeping_keys.add_names(w.uow.connection, [])
        last = w.uow.last
        mark = w.uow.connection.execute(text("SELECT count(*) FROM name_key")).scalar_one()
        keying.keep_keys(w)
        assert w.uow.connection.execute(text("SELECT count(*) FROM name_key")).scalar_one() == mark
        # No link of the journal stands for a key.
        assert w.uow.last == last


def test_whoever_is_unnamed_is_like_nobody_and_is_found_by_a_name_that_was_told_since(office: Office) -> None:
    with work(office) as w:
        nobody = naming.new_person(w, "Unnamed occupant", named=False)
    with reading(office.engine) as connection:
        for told in ("Unnamed Okupant", "U. Occupant", "Unnamed occupant"):
            assert finding.people_like(connection, told).candidates == ()
            assert finding.people_widely(connection, told).candidates == ()
            assert finding.people_widely(connection, told).less_likely == ()
    with work(office) as w:
        naming.goes_by(w, nobody, HILL)
    with reading(office.engine) as connection:
        assert [c.id for c in finding.people_like(connection, "Jone Hill").candidates] == [nobody]
