"""What is searched and linked by is compared with what it is made of: each damage is named, a whole store is quiet."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from callhandler.model.actor import Right
from callhandler.policy.pack import Policy
from callhandler.services import custody, derived, naming
from callhandler.services.calls import CallIn, Calls
from callhandler.services.keying import keep_birth
from callhandler.services.office import Office, work
from callhandler.store import proposing, tables, triggers
from callhandler.store.engine import WRITE, make_engine
from callhandler.store.verify import Finding
from tests.store.world import open_office, sign_in
from tests.stores import Store


@pytest.fixture
def office(store: Store, policy: Policy) -> Iterator[Office]:
    office = open_office(store, policy)
    handler = sign_in(office, "handler", Right.HANDLER)
    call = CallIn(
        number="07700 900123", name="Joan Hill", place="12 Larkmoor Street", words="He throws stones."
    )
    Calls(office).take(handler, call)
    with work(office) as w:
        her = naming.new_person(w, "Martha Quill")
        naming.place(w, "Flat 2, Mill Court, Dudley")
        named = w.uow.connection.execute(
            text(f"SELECT id, name FROM person_name WHERE person_id = {her}")
        ).one()
        w.uow.append(tables.person_birth, **born(her))
        keep_birth(w, [(named[0], named[1])], "1980-02-01")
    yield office
    office.engine.dispose()


def born(person: int) -> dict[str, object]:
    columns = tables.person_birth.c
    given: dict[str, object] = {"person_id": person, "born": "1980-02-01", "author": "", "incident_id": None}
    return {name: value for name, value in given.items() if name in columns}


def compared(office: Office) -> list[Finding]:
    return list(custody.Custody(office.engine, office.clock, "").compare_derived())


def damaged(store: Store, *statements: str) -> None:
    """As whoever owns the tables can do it."""
    engine = make_engine(store.owned)
    with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        for trigger in triggers.triggers_for(store.engine):
            for statement in trigger.drop:
                connection.exec_driver_sql(statement)
        for statement in statements:
            connection.exec_driver_sql(statement)
        triggers.install(connection)
    engine.dispose()


def with_words(store: Store, id_: int, said: str) -> list[str]:
    if store.engine == "sqlite":
        return [f"INSERT INTO text_words (rowid, words) VALUES ({id_}, '{said}')"]
    return [f"INSERT INTO text_words (id, words) VALUES ({id_}, '{said}'::tsvector)"]


def one(office: Office, statement: str) -> int:
    with office.engine.connect() as connection:
        found: int = connection.execute(text(statement)).scalar_one()
    return found


def test_a_whole_store_has_nothing_to_name(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert compared(office) == []
    # However the records are cut into batches and stretches.
    monkeypatch.setattr("callhandler.store.derived.BATCH", 2)
    monkeypatch.setattr(derived, "STRETCH", 0)
    assert compared(office) == []


def test_words_of_a_record_that_is_not_there_are_named(office: Office, store: Store) -> None:
    at = one(office, "SELECT max(id) FROM log_entry") + 50
    damaged(store, *with_words(store, at, "invented"))
    assert [(f.seq, f.kind) for f in compared(office)] == [(at, "text_words")]


def test_a_record_changed_without_its_words_is_named(office: Office, store: Store) -> None:
    at = one(office, "SELECT min(id) FROM log_entry")
    damaged(store, f"UPDATE log_entry SET text = 'Nothing of the kind' WHERE id = {at}")
    (found,) = compared(office)
    assert (found.seq, found.kind) == (at, "log_entry")
    assert found.sentence.startswith("its words for the search are not")


@pytest.mark.parametrize(
    ("table", "keys", "what"),
    [("person_name", "name_key", "its keys are"), ("place_name", "place_key", "its keys are")],
)
def test_a_key_that_is_gone_or_made_up_is_named(
    office: Office, store: Store, table: str, keys: str, what: str
) -> None:
    at = one(office, f"SELECT min(id) FROM {table}")
    damaged(store, f"DELETE FROM {keys} WHERE key <> 0 AND name_id = {at}")
    (found,) = compared(office)
    assert (found.seq, found.kind) == (at, table)
    assert found.sentence.startswith(what) and "not found by them" in found.sentence
    other = one(office, f"SELECT max(name_id) FROM {keys} WHERE key <> 0")
    columns = "key, born, name_id" if keys == "name_key" else "key, name_id"
    dated = "19000101, " if keys == "name_key" else ""
    damaged(store, f"INSERT INTO {keys} ({columns}) VALUES (77, {dated}{other})")
    assert (other, "its keys are not those of what it says") in {
        (f.seq, f.sentence) for f in compared(office)
    }


def test_a_word_of_names_that_is_gone_is_counted_and_not_told(office: Office, store: Store) -> None:
    damaged(store, "DELETE FROM word_key WHERE word LIKE 'quill%%' OR word LIKE '%% quill%%'")
    (found,) = compared(office)
    assert found.kind == "word_key"
    assert "1 words of names" in found.sentence and "quill" not in found.sentence


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (
            "UPDATE same_as_proposal SET likely = 1",
            "a proposal of this run was changed after it was recorded",
        ),
        ("DELETE FROM same_as_proposal", "recorded 1 proposals, and 0 are there"),
    ],
)
def test_a_proposal_that_is_not_its_runs_is_named(
    office: Office, store: Store, damage: str, said: str
) -> None:
    import hashlib

    people = [one(office, "SELECT min(id) FROM person"), one(office, "SELECT max(id) FROM person")]
    row = (people[0], people[1], 950_000, "name", "")
    user = one(office, "SELECT id FROM desk_user LIMIT 1")
    with work(office) as w:
        proposing.write(w.uow.connection, "run-1", [row])
        run = w.uow.append(
            tables.link_run, uuid="run-1", engine="duckdb", settings="0" * 64, upto=1, records=2, found=1,
            proposed=1, digest=hashlib.sha256(proposing.digested(row)).hexdigest(), author_id=user,
        )  # fmt: skip
    assert compared(office) == []
    damaged(store, damage)
    assert [(f.seq, f.kind, f.sentence) for f in compared(office)] == [(run, "link_run", said)]
