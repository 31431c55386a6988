"""Whatever a file's encoding, delimiter and quotation marks are: found out and said, or set; a fault costs its own row."""

import sys
from pathlib import Path

import pytest

from callhandler.errors import Environment
from tests.unit.intake.importing.conftest import PLAIN, Reader

ROWS = "id,opened,type,what\n1,2018-08-26 22:34,DOM,Zoë – “café”\n2,2018-08-27 08:00,DOM,£5\n"


@pytest.mark.parametrize(
    ("data", "encoding", "said"),
    [
        (ROWS.encode(), "utf-8", "UTF-8"),
        (ROWS.encode("utf-8-sig"), "utf-8", "UTF-8"),
        (ROWS.encode("utf-16"), "utf-16", "UTF-16"),
        (b"\xfe\xff" + ROWS.encode("utf-16-be"), "utf-16", "UTF-16"),
        (ROWS.encode("utf-16-le"), "utf-16-le", "UTF-16-LE"),
        (ROWS.encode("utf-16-be"), "utf-16-be", "UTF-16-BE"),
        (ROWS.encode("windows-1252"), "windows-1252", "Windows-1252"),
        (ROWS.replace("\n", "\r\n").encode(), "utf-8", "UTF-8"),
    ],
)
def test_an_encoding_is_found_out_and_said(reader: Reader, data: bytes, encoding: str, said: str) -> None:
    found = reader(data)
    assert found.source.encoding == encoding
    assert [row.incident.summary for row in found.rows if row.incident] == ["Zoë – “café”", "£5"]
    assert found.source.said == (f"calls.csv is read as {said}.",)


def test_plain_letters_need_no_word_of_it(reader: Reader) -> None:
    assert reader("id,opened,type,what\n1,2018-08-26 22:34,DOM,ordinary\n").source.said == ()


def test_an_encoding_that_is_set_is_used(reader: Reader) -> None:
    by = PLAIN.replace("  - incident", "  - encoding: windows-1252\n    incident")
    found = reader("id,opened,type,what\n1,2018-08-26,DOM,naïve\n".encode("windows-1252"), by)
    assert found.rows[0].incident
    assert found.rows[0].incident.summary == "naïve"
    assert found.source.said == ()


@pytest.mark.parametrize(
    ("delimiter", "word"), [(";", "semicolons"), ("\t", "tabs"), ("|", "upright strokes")]
)
def test_a_delimiter_is_found_out_and_said(reader: Reader, delimiter: str, word: str) -> None:
    found = reader(ROWS.replace(",", delimiter))
    assert len(found.rows) == 2
    assert f"calls.csv has {word} between its cells." in found.source.said


def test_cells_run_over_lines_and_the_row_numbers_are_a_spreadsheets(reader: Reader) -> None:
    text = (
        'id,opened,type,what\n1,2018-08-26,DOM,"one\ntwo, ""three"""\n\n2,2018-08-26,NOPE,x\n'
        '3,2018-08-26,DOM,6" pipe\n4,2018-08-26,DOM,5" bolt\n'
    )
    found = reader(text)
    assert [r.incident.summary for r in found.rows if r.incident] == [
        'one\ntwo, "three"',
        '6" pipe',
        '5" bolt',
    ]
    assert [(r.row, r.column, r.value) for r in found.rejected] == [(4, "type", "NOPE")]


def test_a_quotation_mark_that_is_never_closed_costs_one_row(reader: Reader) -> None:
    rows = "".join(f"{n},2018-08-26,DOM,ordinary\n" for n in range(2, 1000))
    found = reader('id,opened,type,what\n1,2018-08-26,DOM,"open\n' + rows)
    assert len(found.rows) == 998
    ((row),) = found.rejected
    assert (row.row, row.raw) == (2, '1,2018-08-26,DOM,"open')
    assert "opened here and not closed" in row.reason


def test_json_lines_lie_deep_and_numbers_stay_as_written(reader: Reader) -> None:
    by = PLAIN.replace("summary: what", "summary: {columns: [caller.name, caller.tags, n]}")
    found = reader(
        '{"id": 7, "opened": "2018-08-26", "type": "DOM", "caller": {"name": "Caller A", "tags": ["a", "b"]}, "n": 1.10}\n',
        by,
        "calls.jsonl",
    )
    ((row),) = found.rows
    assert row.incident
    assert (row.incident.key, row.incident.summary) == ("7", "Caller A a; b 1.10")


def test_parquet_is_read_as_its_text(reader: Reader, tmp_path: Path) -> None:
    import duckdb

    duckdb.sql(
        "SELECT 7 AS id, TIMESTAMPTZ '2018-08-26 21:34:00+00' AS opened, 'DOM' AS type, NULL AS what UNION ALL "
        "SELECT 8, TIMESTAMPTZ '2018-08-27 21:34:00+00', 'NO', 'x'"
    ).write_parquet(str(tmp_path / "made.parquet"))
    found = reader((tmp_path / "made.parquet").read_bytes(), name="calls.parquet")
    ((row),) = found.rows
    assert row.incident
    assert (row.incident.key, row.incident.opened.at.isoformat()) == ("7", "2018-08-26T21:34:00+00:00")
    assert [(r.row, r.column) for r in found.rejected] == [(2, "type")]
    assert (found.source.rows, found.source.columns) == (2, ("id", "opened", "type", "what"))


def test_without_duckdb_a_plain_sentence_says_what_to_install(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(Environment, match=r'pip install "callhandler\[import\]"'):
        reader(b"PAR1", name="calls.parquet")
    assert len(reader(ROWS).rows) == 2
