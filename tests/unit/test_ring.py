"""Rings as commands, files, links and messages tell them; and the calls that wait, through a kill."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callhandler.clock import ScenarioClock
from callhandler.errors import BadInput, BadInputs
from callhandler.intake.ring import Ring, RingOutcome, from_link, from_values, is_link
from callhandler.intake.ring_message import (
    LONGEST,
    from_json,
    from_message,
    json_bytes,
    to_message,
)
from callhandler.intake.window_key import window_key
from callhandler.model.location import FixKind, Located, Point
from callhandler.services.rings import Rings, ring_file

NOW = datetime(2018, 8, 26, 21, 34, tzinfo=UTC)
UUID = "01890a5d-ac96-774b-bcce-b302099a8057"
ROOT = Path(__file__).resolve().parents[2]


# --- reading ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("+447700900418", "+447700900418"),
        ("07700 900 418", "07700900418"),
        (" (01632) 960-001 ", "01632960001"),
        ("٠٧٧٠٠٩٠٠٤١٨", "07700900418"),
        ("+44 7700 900418", "+447700900418"),
        ("999", "999"),
        ("withheld", ""),
        ("Anonymous", ""),
    ],
)
def test_numbers_as_telephone_systems_write_them(written, read):
    assert from_values({"number": written}).number == read


@pytest.mark.parametrize(
    "written", ["sip:adult1", "+", "1", "07700900418;rm", "1" * 16, "077009004l8", "++447700900418"]
)
def test_what_is_no_number_is_refused_with_what_to_write(written):
    with pytest.raises(BadInput, match=r"ring: number: .* write it as \+447700900418"):
        from_values({"number": written}, "ring")


def test_a_number_is_needed_and_withheld_is_said():
    with pytest.raises(BadInput, match="write withheld when none came"):
        from_values({"name": "Adult 1"})


@pytest.mark.parametrize("name", ["محمد العلي", "Zoë 🙂 👩‍👧", "\u200fأمينة", "O'Neill-Núñez", "王小明"])
def test_names_in_any_script_are_kept_as_given(name):
    ring = from_values({"number": "07700900418", "name": name, "place": name})
    assert (ring.name, ring.place) == (name, name)


@pytest.mark.parametrize("hidden", ["\n", "\x1b", "\x00", "\x7f", "\u202e", "\u2028", "\ud800", "\x85"])
@pytest.mark.parametrize("field", ["name", "place", "source", "number", "at"])
def test_hidden_control_characters_are_refused_and_not_printed(field, hidden):
    with pytest.raises(BadInput) as refused:
        from_values({"number": "07700900418", field: f"Ad{hidden}ult"})
    assert refused.value.where == field
    assert f"U+{ord(hidden):04X}" in refused.value.sentence
    assert hidden not in str(refused.value)


def test_every_fault_is_told_with_its_place():
    with pytest.raises(BadInputs) as refused:
        faulty = {
            "number": "x",
            "name": "a" * 201,
            "at": "22:34",
            "outcome": "lost",
            "uuid": "7",
            "grade": "1",
        }
        from_values(faulty, "f.json")
    assert {f.where for f in refused.value.faults} == {
        f"f.json: {key}" for key in ("number", "name", "at", "outcome", "uuid", "grade")
    }


@pytest.mark.parametrize(
    "at", ["2018-08-26T22:34:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-10:00", "now"]
)
def test_a_time_needs_its_zone(at):
    with pytest.raises(BadInput, match=r"at: .*not a time with its zone"):
        from_values({"number": "999", "at": at})


def test_a_time_is_turned_into_utc_and_a_key_is_made():
    ring = from_values({"number": "999", "at": "2018-08-26T22:34:00+01:00"})
    assert ring.at == NOW
    assert ring.uuid != from_values({"number": "999"}).uuid


# --- links -----------------------------------------------------------------------------------


def test_a_link_is_percent_decoded_and_its_plus_stays():
    ring = from_link(
        "callhandler:ring?number=+447700900418&name=%D9%85%D8%AD%D9%85%D8%AF%20A&place=Flat%203%20%26%204"
    )
    assert (ring.number, ring.name, ring.place, ring.source) == (
        "+447700900418",
        "محمد A",
        "Flat 3 & 4",
        "link",
    )


@pytest.mark.parametrize(
    "link", ["callhandler://ring?number=999", "CALLHANDLER:Ring/?number=999", "callhandler:ring?number=999&"]
)
def test_links_as_browsers_rewrite_them(link):
    assert is_link(link)
    assert from_link(link).number == "999"


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("callhandler:open?number=999", "must begin with callhandler:ring"),
        ("callhandler:ring", "needs a number"),
        ("callhandler:ring?number=999&number=999", "link: number: it is given twice"),
        ("callhandler:ring?number=999&uuid=" + UUID, "link: uuid: this is not known here"),
        ("callhandler:ring?number=999&name=100%", "link: name: write # as %23"),
        ("callhandler:ring?number=999&name=a#b", "link: name: write # as %23"),
        ("callhandler:ring?number=999&name=%FF", "link: name: .*not UTF-8"),
        ("callhandler:ring?number=999&name=%0Aa%00b", "link: name: .*U\\+000A"),
        ("callhandler:ring?number=999&name", "link: name: each part"),
        ("callhandler:ring?number=999&name=" + "a" * 4000, "the most is 4,000"),
        ("callhandler:ring?number=999&\x1b[2J=1", "link: \N{REPLACEMENT CHARACTER}"),
    ],
)
def test_a_bad_link_is_refused_with_its_place(link, says):
    with pytest.raises(BadInput, match=says):
        from_link(link)


# --- JSON and messages -----------------------------------------------------------------------


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    file = tmp_path / "ring.json"
    file.write_text(
        json.dumps({"number": "07700 900418", "outcome": "abandoned", "uuid": UUID}), encoding="utf-8-sig"
    )
    ring = from_json(json_bytes(file), file.name)
    assert (ring.outcome, ring.uuid, ring.source) == (RingOutcome.ABANDONED, UUID, "file")
    with pytest.raises(BadInput, match=r"none\.json: it cannot be read"):
        json_bytes(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b'{"number":\n 07}', r"r\.json:2:3: this is not JSON"),
        (b'{"number": "999", "number": "101"}', "number is given twice"),
        (b'{"number": 999}', r"r\.json: number: it must be text"),
        (b'["999"]', "must be one object"),
        (b'{"number": "999", "\\u001b": ""}', "r\\.json: \N{REPLACEMENT CHARACTER}: this is not known"),
        (b'{"number": "\xff"}', "byte 13 is not UTF-8"),
        (b'{"n":' + b"[" * 8000 + b"}", "nested too deep|not JSON"),
        (b'{"n": ' + b"1" * 5000 + b"}", "a number too long"),
        (b" " * (LONGEST + 1), "more than 16,384 bytes"),
        (b"", "not JSON"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(data, says):
    with pytest.raises(BadInput, match=says):
        from_json(data, "r.json")


@given(
    name=st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), max_size=200),
    outcome=st.sampled_from(RingOutcome),
    at=st.none() | st.datetimes(datetime(1991, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC)),
)
def test_a_message_gives_back_the_ring_in_one_line(name, outcome, at):
    name = "".join(c for c in name if not 0x202A <= ord(c) <= 0x202E).strip(" ")
    ring = Ring("+447700900418", name, name, at, outcome, "link", UUID)
    line = to_message(ring)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert len(line) <= LONGEST
    assert from_message(line) == ring


def test_a_message_may_only_ask_for_the_window():
    assert from_message(to_message(None)) is None


@pytest.mark.parametrize(
    "line",
    [
        b"{}",
        b'{"callhandler":2,"kind":"show"}',
        b'{"callhandler":true,"kind":"show"}',
        b'{"callhandler":1,"kind":"show","ring":{"number":"999"}}',
        b'{"callhandler":1,"kind":"ring"}',
        b'{"callhandler":1,"kind":"ring","ring":{"number":"999"}}',
        b'{"callhandler":1,"kind":"show","more":1}',
        b'{"callhandler":1,"kind":"ring","ring":{"number":"999","uuid":"%s","grade":"1"}}' % UUID.encode(),
    ],
)
def test_a_message_from_a_stranger_is_refused(line):
    with pytest.raises(BadInput):
        from_message(line)


def test_a_window_is_told_by_its_database_not_by_who_signs_in(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert (
        window_key("a.sqlite")
        == window_key(str(tmp_path / "x" / ".." / "a.sqlite"))
        != window_key("b.sqlite")
    )
    assert window_key("postgresql://ann:one@db/x") == window_key("postgresql://bob:two@DB:5432/x")
    assert window_key("postgresql://db/x") != window_key("postgresql://db/y")
    assert len(window_key("postgresql://db:port/x")) == 16


# --- where the network has it ----------------------------------------------------------------

GIVEN = {
    "number": "07700900418",
    "lat": "52.413",
    "lon": "-1.778",
    "radius_m": "30",
    "located_at": "2018-08-26T22:34:00+01:00",
    "located_by": "aml",
    "installed_at": "Flat 4, 12 Brackenfoil Street",
}


def test_a_location_is_read_kept_and_handed_on(tmp_path):
    ring = from_values(GIVEN)
    assert ring.located == Located(
        FixKind.AML, Point(52.413, -1.778), 30, "Flat 4, 12 Brackenfoil Street", NOW
    )
    assert from_message(to_message(ring)).located == ring.located
    rings = Rings(ring_file(tmp_path), "a.sqlite", ScenarioClock(NOW))
    assert rings.keep(ring).located == ring.located
    assert rings.waiting()[0].ring.located == ring.located


def test_a_location_that_comes_later_is_added_and_none_takes_nothing_away(tmp_path):
    rings = Rings(ring_file(tmp_path), "a.sqlite", ScenarioClock(NOW))
    rings.keep(from_values({"number": "07700900418", "uuid": UUID}))
    assert rings.keep(from_values({**GIVEN, "uuid": UUID})).located.radius_m == 30
    assert rings.keep(from_values({"number": "07700900418", "uuid": UUID})).located.radius_m == 30


def test_an_address_alone_is_the_lines_and_a_point_alone_is_of_the_cell():
    address = from_values({"number": "01632960001", "installed_at": "12 Brackenfoil Street"}).located
    assert (address.kind, address.point) == (FixKind.INSTALLATION, None)
    point = from_values({"number": "07700900418", "lat": "52.4", "lon": "-1.7"}).located
    assert (point.kind, point.radius_m) == (FixKind.CELL, None), "no radius is not known, not small"


@pytest.mark.parametrize(
    ("changed", "where", "words"),
    [
        ({"lat": "91"}, "lat", "in degrees"),
        ({"lat": "52,4"}, "lat", "in degrees"),
        ({"lat": "nan"}, "lat", "in degrees"),
        ({"lon": "-181"}, "lon", "in degrees"),
        ({"lat": None}, "lat", "give lat and lon"),
        ({"lon": None}, "lon", "give lat and lon"),
        ({"radius_m": "-3"}, "radius_m", "whole metres"),
        ({"radius_m": "1e3"}, "radius_m", "whole metres"),
        ({"located_by": "star"}, "located_by", "there are aml, cell"),
        ({"located_at": "soon"}, "located_at", "not a time"),
        ({"lat": None, "lon": None, "installed_at": None}, "located_at", "needs lat and lon"),
    ],
)
def test_a_location_that_cannot_be_read_is_refused_in_its_place(changed, where, words):
    with pytest.raises(BadInput, match=words) as refused:
        from_values({**GIVEN, **changed}, "ring.json")
    assert refused.value.where == f"ring.json: {where}"


def test_a_file_of_waiting_calls_from_before_is_still_read(tmp_path):
    path = ring_file(tmp_path)
    with closing(sqlite3.connect(path)) as old:
        old.execute(
            "CREATE TABLE ring (uuid TEXT PRIMARY KEY, desk TEXT NOT NULL, number TEXT NOT NULL, same TEXT NOT NULL, "
            "name TEXT NOT NULL, place TEXT NOT NULL, outcome TEXT NOT NULL, source TEXT NOT NULL, "
            "rang_at TEXT NOT NULL, done_at TEXT NOT NULL, done_as TEXT NOT NULL)"
        )
        old.execute(
            "INSERT INTO ring VALUES (?, ?, '07700900418', '+447700900418', '', '', 'ringing', 'file', ?, '', '')",
            (UUID, window_key("a.sqlite"), "2018-08-26T21:34:00.000000+00:00"),
        )
        old.commit()
    rings = Rings(path, "a.sqlite", ScenarioClock(NOW))
    assert [w.ring.located for w in rings.waiting()] == [None]
    assert rings.keep(from_values({**GIVEN, "uuid": UUID})).located.radius_m == 30
