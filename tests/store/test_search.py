"""One search: everything held is found by its words, bounded, with why; whatever is typed, nothing breaks."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, text

from callhandler.errors import BadInput, NotAllowed
from callhandler.model.actor import Actor, Right
from callhandler.model.search import Found, Group, Hit, Term
from callhandler.model.when import to_micros
from callhandler.policy.pack import Policy
from callhandler.services import finding, indexing, naming
from callhandler.services.calls import CallIn, Calls
from callhandler.services.office import Office, work
from callhandler.services.searching import Searching
from callhandler.services.telling import Telling, Told
from callhandler.services.withholding import Withholding
from callhandler.store import beside, search_rows, search_words, tables, words
from callhandler.store.bulk import Block
from callhandler.store.unit_of_work import reading
from tests.store.test_picture_cost import statements, whole_tables_read
from tests.store.world import open_office, sign_in
from tests.stores import NOW, Store

NASTY = (
    '"', "'", "'; DROP TABLE person; --", "a AND", "NOT", "NEAR(a b, 2)", "words:stone", "-stone", "stone*", "^stone",
    "(", '"never closed', "😀 😱", "محمد", "Ŵyr Siân Llanfairpwllgwyngyll", "x" * 50_000, "   ", "\t\n", "\x00stone",
    "% _ \\", "a:1 & b | !c", "stone <-> wall", "\ud800", "' OR 1=1", "0" * 400,
)  # fmt: skip


@pytest.fixture
def handler(office: Office) -> Actor:
    return sign_in(office, "handler", Right.HANDLER)


def find(office: Office, actor: Actor, line: str) -> Found:
    return Searching(office).find(actor, line)


def hits(office: Office, actor: Actor, line: str, group: Group) -> list[Hit]:
    return [h for h in find(office, actor, line).hits if h.group is group]


def call(office: Office, handler: Actor, words_: str, **more: str) -> int:
    given = {"number": "07700 900123", "name": "Joan Hill", "place": "12 Larkmoor Street, Dudley DY1 2AB"}
    return Calls(office).take(handler, CallIn(**{**given, **more}, words=words_)).incident_id


def test_each_group_finds_what_was_taken_down_a_moment_ago(office: Office, handler: Actor) -> None:
    incident = call(office, handler, "He throws stones at the kitchen window.")
    with work(office) as w:
        her = naming.person(w, "Joan Hill")
        w.uow.append(tables.vehicle, registration="AB10 OIL", description="silver van", person_id=her)
    for line, group in (
        ("joa", Group.PEOPLE), ("hill jo", Group.PEOPLE), ("Jone Hill", Group.PEOPLE),
        ("larkmoor", Group.PLACES), ("12 Larkmoor St", Group.PLACES), ("DY1 2AB", Group.PLACES),
        ("+44 7700 900123", Group.NUMBERS), ("07700 9001", Group.NUMBERS), ("0123", Group.NUMBERS),
        ("7700900", Group.NUMBERS), ("0044 7700 900123", Group.NUMBERS),
        ("ab10oil", Group.VEHICLES), ("AB1O 01L", Group.VEHICLES), ("B10", Group.VEHICLES), ("silver v", Group.VEHICLES),
        ("0001", Group.INCIDENTS), ("26 Aug", Group.INCIDENTS), ("today", Group.INCIDENTS), ("26/08/2018", Group.INCIDENTS),
        ("stones kitch", Group.TEXT), ('"the kitchen window"', Group.TEXT), ("STÖNES", Group.TEXT),
    ):  # fmt: skip
        found = hits(office, handler, line, group)
        assert len(found) >= 1, (line, group)
        assert found[0].why, line
    (said,) = hits(office, handler, "stones", Group.TEXT)
    assert (said.subject, said.subject_id) == ("incident", incident)
    assert [said.line[a:b] for a, b in said.marks] == ["stones"]
    assert not hits(office, handler, '"window kitchen"', Group.TEXT)
    assert not hits(office, handler, "yesterday", Group.INCIDENTS)


def test_a_type_and_a_time_narrow_each_other(office: Office, handler: Actor) -> None:
    call(office, handler, "She is hurt.", type="domestic-abuse")
    assert hits(office, handler, "domestic", Group.INCIDENTS)[0].why == "of this type"
    assert hits(office, handler, "domestic today", Group.INCIDENTS)
    assert not hits(office, handler, "domestic yesterday", Group.INCIDENTS)
    assert hits(office, handler, "hurt today", Group.TEXT)
    assert not hits(office, handler, "hurt 1 Jan 2017", Group.TEXT)


def test_whatever_is_typed_is_only_words(office: Office, handler: Actor) -> None:
    incident = call(office, handler, "He throws a stone: a wall, or not. 😀 x" + "x" * 100)
    for line in NASTY:
        found = find(office, handler, line)
        assert all(h.why for h in found.hits), line
    for line in ("stone*", "-stone", "^stone", "\x00stone", "stone <-> wall", "😀"):
        assert [h.subject_id for h in hits(office, handler, line, Group.TEXT)] == [incident], line
    assert not hits(office, handler, "words:stone", Group.TEXT)
    with reading(office.engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM person")).scalar_one() == 1


def test_words_of_other_scripts_find_each_other(office: Office, handler: Actor) -> None:
    call(office, handler, "قال إنه سيقتلها", name="فاطمة الزهراء")
    call(office, handler, "Mae o wrth y tŷ ’nawr.", name="Siân Gŵyn", number="07700 900124", place="Y Tŷ")
    assert hits(office, handler, "سيقتلها", Group.TEXT)[0].marks
    assert hits(office, handler, "فاطمة", Group.PEOPLE)
    assert hits(office, handler, "sian gwyn", Group.PEOPLE)
    assert hits(office, handler, "ty nawr", Group.TEXT)


def test_the_phrase_stands_first_then_whole_words_then_the_newest(office: Office, handler: Actor) -> None:
    incident = call(office, handler, "The door is broken.")
    telling = Telling(office)
    for line in (
        "Broken glass at the door.",
        "The doors are broken.",
        "He broke in by the front door, broken now.",
    ):
        telling.write(handler, incident, line)
    found = hits(office, handler, "door is broken", Group.TEXT)
    assert [h.line for h in found] == ["The door is broken."]
    found = hits(office, handler, "broken door", Group.TEXT)
    assert [h.line for h in found][-1] == "The doors are broken."
    assert found[0].line == "He broke in by the front door, broken now."


def test_what_was_taken_back_or_merged_is_found_and_says_so(world: Store, policy: Policy) -> None:
    office = open_office(world, policy)
    actor = sign_in(office, "somebody", Right.HANDLER)
    with reading(office.engine) as connection:
        told = connection.execute(
            text("SELECT d.words FROM retraction r JOIN disclosure d ON d.id = r.disclosure_id")
        ).scalar_one()
        merged = connection.execute(
            text("SELECT i.id, i.reference FROM incident_merge m JOIN incident i ON i.id = m.incident_id "
                 "WHERE m.verdict = 'same' ORDER BY m.id DESC LIMIT 1")
        ).one()  # fmt: skip
    assert any(h.noted == ("taken back",) for h in hits(office, actor, f'"{told}"', Group.TEXT))
    by_id = [h for h in hits(office, actor, merged.reference, Group.INCIDENTS) if h.record_id == merged.id]
    office.engine.dispose()
    assert by_id and by_id[0].noted[0].startswith("merged into")


def test_a_withheld_address_is_said_to_a_desk_and_found_by_nobody_else(
    office: Office, handler: Actor
) -> None:
    call(office, handler, "She hides at 12 Larkmoor Street tonight.")
    reviewer = sign_in(office, "reviewer", Right.REVIEWER)
    assert hits(office, reviewer, "larkmoor", Group.PLACES)
    Withholding(office).withhold(handler, "12 Larkmoor Street, Dudley DY1 2AB", "she", "He looks for her.")
    (hers,) = hits(office, handler, "larkmoor", Group.PLACES)
    assert "withheld" in hers.noted[0]
    assert not find(office, reviewer, "larkmoor").hits
    (said,) = hits(office, reviewer, "she hides", Group.TEXT)
    assert "Larkmoor" not in said.line
    (today,) = hits(office, reviewer, "today", Group.INCIDENTS)
    assert "Larkmoor" not in today.line
    (her,) = hits(office, reviewer, "joan hill", Group.PEOPLE)
    for hit in (her, today):
        opened = Searching(office).open(reviewer, "review", hit.subject, hit.subject_id)
        assert opened.picture.places and "Larkmoor" not in repr(opened)
        assert "Larkmoor" in repr(Searching(office).open(handler, "0001", hit.subject, hit.subject_id))


def test_what_is_beyond_the_first_ones_is_said(
    office: Office, handler: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_words, "COUNTED", 4)
    monkeypatch.setattr(search_rows, "SHOWN", 2)
    with work(office) as w:
        for _ in range(6):
            naming.new_person(w, "Joan Hill")
    (group,) = find(office, handler, "joan").groups
    assert (len(group.hits), group.counted, group.more) == (2, 4, True)


def test_it_takes_as_many_statements_at_any_size_and_reads_no_whole_table(
    office: Office, handler: Actor
) -> None:
    counted = []
    for many in (1, 40):
        incident = call(office, handler, "He throws stones.", type="domestic-abuse")
        with work(office) as w:
            for n in range(1, many + 1):
                her = naming.new_person(w, f"Joan Hill{n}")
                w.uow.append(tables.vehicle, registration=f"AB{n} CDE", description="van", person_id=her)
        for n in range(1, many + 1):
            Telling(office).write(handler, incident, f"Joan Hill throws stones {n}.")
        seen_all = []
        for line in ("joan hi", "stones jo", "0123", "AB1 C", "domestic today", "0001"):
            with statements(office.engine) as seen:
                find(office, handler, line)
            seen_all += seen
        counted.append(len(seen_all))
        assert not whole_tables_read(office, seen_all)
    assert counted[0] == counted[1] <= 6 * 30


def test_what_was_brought_in_without_words_is_found_batch_by_batch_and_said_until_then(
    office: Office, handler: Actor
) -> None:
    incident = call(office, handler, "He throws stones.")
    bulk(office, incident, 30)
    found = find(office, handler, "gravel")
    assert not found.hits
    ((group, done, of),) = found.behind
    assert group is Group.TEXT and of - done == 30
    # A line written now waits for its turn, and nothing is skipped.
    Telling(office).write(handler, incident, "More gravel.")
    assert indexing.add_words(office, 10) == 10
    assert indexing.add_all_words(office) == 21
    assert indexing.add_words(office) == 0
    found = find(office, handler, "gravel")
    assert not found.behind and found.groups[-1].counted == 31
    Telling(office).write(handler, incident, "Gravel again.")
    assert find(office, handler, "gravel").groups[-1].counted == 32


def test_a_postcode_finds_its_places_however_it_was_written_and_a_number_with_it_the_house(
    office: Office, handler: Actor
) -> None:
    with work(office) as w:
        made = [
            naming.place(w, f"{door} Larkmoor Street, Dudley", postcode=postcode)
            for door, postcode in ((12, "DY1 2AB"), (14, "DY12AB"), (16, "dy1 2ab"), (18, "DY1 2AC"))
        ]
    for line in ("DY1 2AB", "dy12ab"):
        with statements(office.engine) as seen:
            found = hits(office, handler, line, Group.PLACES)
        assert {h.subject_id for h in found} == set(made[:3]), line
        assert not whole_tables_read(office, seen)
    (house,) = hits(office, handler, "14 DY1 2AB", Group.PLACES)
    assert (house.subject_id, house.sure) == (made[1], False)
    assert [h.subject_id for h in hits(office, handler, "12 larkm", Group.PLACES)] == made[:1]
    with work(office) as w:
        block = naming.place(w, "20-24 Larkmoor Street, Dudley")
    assert [h.subject_id for h in hits(office, handler, "20-24 larkmoor st, dudley", Group.PLACES)] == [block]
    assert [h.subject_id for h in hits(office, handler, "22 Larkmoor Street, Dudley", Group.PLACES)] == [
        block
    ]
    assert {h.subject_id for h in hits(office, handler, "larkmoor street 1", Group.PLACES)} == set(made)


def test_a_registration_with_its_space_is_found_among_many_that_begin_alike(
    office: Office, handler: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_rows, "SHOWN", 2)
    with work(office) as w:
        owner = naming.new_person(w, "Joan Hill")
        for registration in ("AB12 CDE", *(f"AB12 X{n:02d}" for n in range(5))):
            w.uow.append(tables.vehicle, registration=registration, description="van", person_id=owner)
    for typed in ("AB12 CDE", "ab12cde", "AB12 CD"):
        assert hits(office, handler, typed, Group.VEHICLES)[0].title == "AB12 CDE", typed


def test_the_newest_are_found_however_common_their_words_are(
    office: Office, handler: Actor, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which way they are looked for turns on the newest few; what is found does not."""
    for name, value in (("NEAR", 8), ("MID", 20), ("FAR", 40)):
        monkeypatch.setattr(search_words, name, value)
    # In every line, every other, only of old, only lately, and in none; the last two words stand together in some.
    lines = [
        " ".join(
            (
                "wind",
                *(["sand"] if n % 2 else []),
                "old" if n < 50 else "late",
                "wet" if n % 5 else "dry",
                "lane",
            )
        )
        for n in range(120)
    ]
    put_numbered(office, call(office, handler, "He throws stones."), lines)
    with store.plain(owner=True) as plain:
        # The server knows how many rows there are only when it has looked.
        plain.run("ANALYZE text_words" if not plain.sqlite else "SELECT 1")
        plain.connection.commit()
    asked = {
        "wind": lambda line: True, "sand": lambda line: "sand" in line, "old": lambda line: "old" in line,
        "late": lambda line: "late" in line, "snow": lambda line: False, "w": lambda line: True,
        "dry lane": lambda line: "dry" in line, "sand old dry": lambda line: {"sand", "old", "dry"} <= set(line.split()),
    }  # fmt: skip
    with reading(office.engine) as connection:
        ids = (
            connection.execute(text("SELECT id FROM log_entry WHERE text LIKE 'wind%' ORDER BY id"))
            .scalars()
            .all()
        )
        for words_, fits in asked.items():
            meant = [i for i, line in zip(ids, lines, strict=True) if fits(line)][::-1]
            terms = tuple(Term((w,), len(w) == 1) for w in words_.split())
            for most in (1, 3, 30, 200):
                assert matched(connection, terms, most) == meant[:most], (words_, most)
        assert matched(connection, (Term(("dry", "lane")),), 200) == matched(
            connection, (Term(("dry",)),), 200
        )
        for enough, far_enough in ((1, True), (30, False)):
            given = (Term(("dry", "lane")),), 200, enough
            some = beside.at_once(connection, search_words.matched_texts(connection, *given))
            # In the newest twenty there are four: where so few will do it is said that there are more.
            assert some.cut is (far_enough and office.engine.dialect.name == "postgresql")
            assert len(some.ids) == (4 if some.cut else 24)


def matched(connection: Connection, terms: tuple[Term, ...], most: int) -> list[int]:
    return beside.at_once(connection, search_words.matched(connection, words.TEXTS, [terms], most))


def put_numbered(office: Office, incident: int, lines: list[str]) -> None:
    with work(office) as w:
        for line in lines:
            row = {
                "incident_id": incident,
                "call_id": None,
                "kind": "note",
                "author": "x",
                "happened_at": NOW,
            }
            w.uow.append(tables.log_entry, text=line, **row)


def test_what_lacks_its_words_is_told_from_the_newest_rows_alone(office: Office) -> None:
    """A server that may read a table whole does so where it expects a row soon."""
    with work(office) as w:
        file = w.uow.append(tables.import_file, name="x", digest="", mapping="", zone="")
        block = Block(w.uow, file)
        for n in range(4_000):
            block.put("number", 0, f"+447700{n:06d}", "")
        block.close("all")
    indexing.add_all_words(office)
    with statements(office.engine) as seen, reading(office.engine) as connection:
        assert not words.all_behind(connection)
    assert not whole_tables_read(office, seen)
    if office.engine.dialect.name == "postgresql":
        with reading(office.engine) as connection:
            ((asked, given),) = [(s, g) for s, g in seen if s.startswith("SELECT (")]
            plan = connection.exec_driver_sql(f"EXPLAIN {asked}", given).all()
        assert not [row for row in plan if "Seq Scan on number" in row[0]], plan


def bulk(office: Office, incident: int, many: int) -> None:
    with work(office) as w:
        for n in range(many):
            row = {"incident_id": incident, "call_id": None, "kind": "note", "author": "x"}
            w.uow.append(tables.log_entry, text=f"Gravel {n}", happened_at=NOW, **row)
        w.uow._said.clear()  # as rows do that came past the unit of work


def test_an_index_made_anew_holds_the_same(world: Store, policy: Policy) -> None:
    from callhandler.store.engine import make_engine

    office = open_office(world, policy)
    indexing.add_all_words(office)
    with reading(office.engine) as connection:
        before = [words.counted(connection, index) for index in words.INDEXES]
        assert all(done == of for done, of in before)
    owner = make_engine(world.owned)
    with owner.begin() as connection:
        for index in words.INDEXES:
            words.empty(connection, index)
        from callhandler.store import schema

        if connection.dialect.name == "postgresql":
            schema.grant(connection)
    owner.dispose()
    indexing.add_all_words(office)
    with reading(office.engine) as connection:
        assert [words.counted(connection, index) for index in words.INDEXES] == before
    office.engine.dispose()


def test_what_was_looked_for_and_opened_is_a_consultation(office: Office, handler: Actor) -> None:
    incident = call(office, handler, "He throws stones.")
    searching = Searching(office)
    found = searching.find(handler, "joan hill")
    (her,) = [h for h in found.hits if h.group is Group.PEOPLE]
    (number,) = hits(office, handler, "0123", Group.NUMBERS)
    (place,) = hits(office, handler, "larkmoor", Group.PLACES)
    before = consultations(office)
    searching.settled(handler, found, "0001")
    opened = searching.open(handler, "0001", her.subject, her.subject_id)
    assert opened.picture.person(her.subject_id) and opened.picture.linked
    searching.open(handler, "0001", "number", number.subject_id)
    searching.open(handler, "0001", "place", place.subject_id)
    view = searching.open(handler, "0001", "incident", incident).view
    assert view is not None and view.picture.here == incident
    new = consultations(office)[len(before) :]
    assert new == [
        (f"search, {len(found.hits)} shown: joan hill", "0001", None, None, None),
        ("linked history", "0001", her.subject_id, None, None),
        ("linked history", "0001", her.subject_id, None, None),
        ("history of the place", "0001", None, place.subject_id, None),
        ("incident", "0001", None, None, incident),
    ]
    with pytest.raises(BadInput):
        searching.open(handler, "  ", her.subject, her.subject_id)
    with pytest.raises(BadInput):
        searching.settled(handler, found, "")
    assert consultations(office) == [*before, *new]


def consultations(office: Office) -> list[tuple[object, ...]]:
    with reading(office.engine) as connection:
        rows = connection.execute(
            text("SELECT what, purpose, person_id, place_id, incident_id FROM consultation ORDER BY id")
        )
        return [tuple(row) for row in rows]


def test_nobody_without_the_right_finds_anything(office: Office) -> None:
    trainer = sign_in(office, "trainer", Right.TRAINER)
    with pytest.raises(NotAllowed):
        find(office, trainer, "joan")
    with pytest.raises(NotAllowed):
        Searching(office).open(trainer, "x", "person", 1)


def test_a_search_nobody_waits_for_stops_between_the_groups(office: Office, handler: Actor) -> None:
    call(office, handler, "He throws stones.")
    asked: list[int] = []

    def wanted() -> bool:
        asked.append(1)
        return len(asked) < 3

    found = Searching(office).find(handler, "joan", wanted)
    assert found.stopped and len(asked) == 3


def test_what_was_not_known_yet_is_not_found(office: Office, handler: Actor) -> None:
    incident = call(office, handler, "He throws stones.")
    with work(office) as w:
        w.uow.append(
            tables.log_entry, incident_id=incident, call_id=None, kind="note", text="Gravel.", author="x",
            happened_at=NOW, known_at=to_micros(NOW + timedelta(hours=1)),
        )  # fmt: skip
    assert not find(office, handler, "gravel").hits


def test_told_words_are_found_by_who_told_them(office: Office, handler: Actor) -> None:
    incident = call(office, handler, "Help.")
    Telling(office).tell(
        handler, incident, Told("threat-to-kill", "He said he would end her.", about="Former partner A")
    )
    assert any(h.why.startswith("told by") for h in hits(office, handler, "would end her", Group.TEXT))


def test_every_date_of_birth_that_was_told_is_shown_and_that_they_differ(
    office: Office, handler: Actor
) -> None:
    with work(office) as w:
        her = naming.new_person(w, "Zofia Nowak", born="1992-06-15")
        naming.born_as_told(w, her, "1991-03-02")
        only = naming.new_person(w, "Zuzanna Nowak")
        naming.born_as_told(w, only, "1988-01-09")
    for line in ("zofia nowak", "Zofia Nowak 2/3/1991", "Zofia Nowak 15 June 1992"):
        (hit,) = [h for h in Searching(office).find(handler, line).hits if h.subject_id == her]
        assert hit.title == "Zofia Nowak, born 15 Jun 1992 (also told: 2 Mar 1991)"
        assert "the dates of birth differ" in hit.line and "another date of birth" not in hit.why
    (hit,) = [h for h in Searching(office).find(handler, "zuzanna").hits if h.subject_id == only]
    assert hit.title == "Zuzanna Nowak, born 9 Jan 1988" and "differ" not in hit.line


def test_a_place_told_otherwise_is_found_as_possible_and_says_how_it_was_read(office: Office) -> None:
    with work(office) as w:
        naming.place(w, "12 Alder Street, Dudley")
        naming.place(w, "M42 J6")
    with reading(office.engine) as connection:
        for told, read in (("twelve Alder Street, Dudley", "12 Alder"), ("junction 6 of the M42", "M42 J6")):
            (one,) = finding.places_like(connection, told).candidates
            assert not one.confirmed and f"read as {read}" in one.reasons
        assert not any(
            "read as" in c.reasons for c in finding.places_like(connection, "12 Alder St").candidates
        )
