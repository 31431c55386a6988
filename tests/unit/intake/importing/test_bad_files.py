"""Broken sources: each says what is wrong, and where."""

import pytest

from callhandler.errors import BadInput
from tests.unit.intake.importing.conftest import PLAIN, Reader

HEAD = "id,opened,type,what\n"
GOOD = "9,2018-08-26,DOM,good\n"


@pytest.mark.parametrize(
    ("row", "column", "value", "reason"),
    [
        (",2018-08-26,DOM,x", "id", "", "The incident's id is missing"),
        ("1,,DOM,x", "opened", "", "When it was opened is missing"),
        ("1,soon,DOM,x", "opened", "soon", "is no time as %Y-%m-%dT"),
        ("1,43338.94,DOM,x", "opened", "43338.94", "is how a spreadsheet counts days (26/08/2018)"),
        ("1,2018-02-30,DOM,x", "opened", "2018-02-30", "no day or time that there is"),
        ("1,2081-02-03,DOM,x", "opened", "2081-02-03", "lies ahead"),
        ("1,0201-02-03,DOM,x", "opened", "0201-02-03", "lies before 1900"),
        ("1,2018-08-26,,x", "type", "", "The type is missing"),
        ("1,2018-08-26,DOMM,x", "type", "DOMM", "not in the table of codes"),
        (f"{'1' * 201},2018-08-26,DOM,x", "id", "1" * 80, "an id has at most 200"),
        (f"1,2018-08-26,DOM,{'x' * 20_001}", "what", "x" * 80, "Nothing was cut"),
        ("1,2018-08-26,DOM", "", "1,2018-08-26,DOM", "has 3 cells, the header 4"),
        ("1,2018-08-26,DOM,x,y", "", "1,2018-08-26,DOM,x,y", "has 5 cells, the header 4"),
        ('1,2018-08-26,DOM,"x"y', "", '1,2018-08-26,DOM,"x"y', "quotation marks of this row do not fit"),
        ('1,2018-08-26,DOM,"x', "", '1,2018-08-26,DOM,"x', "opened here and not closed"),
        ("1,2018-08-26,DOM,x\x00y", "", "1,2018-08-26,DOM,x\x00y", "NUL"),
    ],
)
def test_a_row_says_what_is_wrong_with_it_and_the_next_comes_in(
    reader: Reader, row: str, column: str, value: str, reason: str
) -> None:
    found = reader(HEAD + row + "\n" + GOOD)
    ((bad),) = found.rejected
    assert (bad.row, bad.column, bad.value) == (2, column, value)
    assert reason in bad.reason
    assert bad.cells or bad.raw
    assert [r.incident.key for r in found.rows if r.incident] == ["9"]


def test_blank_rows_and_the_line_that_names_a_delimiter_are_counted_as_a_spreadsheet_does(
    reader: Reader,
) -> None:
    rows = "1,2018-08-26,DOM,x\n\n\n2,soon,DOM,y\n"
    found = reader(f"sep=;\n\n{HEAD}{rows}".replace(",", ";"))
    assert [r.row for r in found.rejected] == [7] and len(found.rows) == 1


def test_what_is_no_text_is_refused_and_what_to_do_is_said(reader: Reader) -> None:
    with pytest.raises(BadInput, match="look whether it is the right file"):
        reader(bytes([0x8D, 0x90, 0x81, 0xFF, 0x9D, 0x0A]) * 40)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "is no JSON object"),
        ("[1]", "holds no object"),
        ('{"id": 1, "id": 2}', "The key id stands twice"),
        ('{"id": [{"a": 1}]}', "a list of more than words"),
        ('{"id": NaN}', "NaN is no number"),
        ('{"id": 1, "opened": null}', "When it was opened is missing"),
    ],
)
def test_a_line_of_json_says_what_is_wrong_with_it(reader: Reader, line: str, reason: str) -> None:
    good = '{"id": "9", "opened": "2018-08-26", "type": "DOM"}'
    found = reader(f"{line}\n{good}\n", name="calls.jsonl")
    ((bad),) = found.rejected
    assert bad.row == 1
    assert reason in bad.reason
    assert len(found.rows) == 1


def test_bytes_of_another_encoding_in_one_row(reader: Reader) -> None:
    rows = [b"1,2018-08-26,DOM,caf\xc3\xa9", b"2,2018-08-26,DOM,caf\xe9", b"3,2018-08-26,DOM,\xc3\xa9"]
    found = reader(HEAD.encode() + b"\n".join(rows))
    ((bad),) = found.rejected
    assert bad.row == 3
    assert "Bytes here (E9) are not UTF-8" in bad.reason
    utf16 = (HEAD + GOOD).encode("utf-16") + b"\x00\xd8" + "\n".encode("utf-16-le")
    assert any("UTF-16" in r.reason or "cells" in r.reason for r in reader(utf16).rejected)


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "calls.csv", "calls.csv: this file is empty"),
        (b"PK\x03\x04xxxx", "calls.xlsx", "a spreadsheet or a packed file"),
        (b"\x1f\x8bxxxx", "calls.csv.gz", "packed file (gzip)"),
        (b"%PDF-1.7", "calls.pdf", "a PDF"),
        (b'[\n{"id": 1}]', "calls.json", "one JSON array"),
        (b"id,id,what\n1,2,3\n", "calls.csv", "calls.csv:1: the header names id twice"),
        (b"id,opened\r1,2\r", "calls.csv", "a carriage return alone"),
        (b'"id,opened\n', "calls.csv", "calls.csv:1: the header cannot be read"),
        (b"PAR1 and nothing more", "calls.parquet", "not a Parquet file that can be read"),
    ],
)
def test_a_file_that_is_none_says_so(reader: Reader, data: bytes, name: str, sentence: str) -> None:
    with pytest.raises(BadInput) as told:
        reader(data, name=name)
    assert sentence in str(told.value)


def test_a_column_that_is_not_there_is_named_with_the_nearest(reader: Reader) -> None:
    found = reader("id,opened_at,type,what\n")
    assert found.missing == ["calls.csv has no column opened; it has opened_at"]


def test_a_file_without_any_of_the_columns_is_said_once(reader: Reader) -> None:
    (said,) = reader("1,2018-08-26,DOM,x\n2,2018-08-26,DOM,y\n").missing
    assert "none of the columns" in said and "its first line holds 1, 2018-08-26, DOM, x" in said
    (said,) = reader("id^opened^type^what\n").missing
    assert "its first line is not parted by commas, semicolons, tabs, upright strokes" in said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_line_without_end_is_one_row_and_the_next_keep_their_numbers(reader: Reader, encoding: str) -> None:
    endless = "2,2018-08-26,DOM," + '"' + "x" * 2_500_000
    found = reader(f"{HEAD}1,2018-08-26,DOM,a\n{endless}\n3,2018-08-26,DOM,b\n".encode(encoding))
    assert [row.row for row in found.rows] == [2, 4]
    (bad,) = found.rejected
    assert bad.row == 3 and "longer than 1,000,000 bytes" in bad.reason and len(bad.raw) <= 2_000


def test_a_month_that_is_a_day_asks_for_the_other_order(reader: Reader) -> None:
    found = reader(HEAD + "1,08/26/2018,DOM,x\n", PLAIN + "times: ['%d/%m/%Y']\n")
    assert "would be month 26" in found.rejected[0].reason and "%m before %d" in found.rejected[0].reason


def test_a_row_that_names_its_own_cells_says_which_it_has(reader: Reader) -> None:
    found = reader('{"ID": "1", "Opened": "2018-08-26"}\n', name="calls.jsonl")
    assert found.rejected[0].reason == (
        "The incident's id is missing here. This row has no id; it has ID, Opened."
    )


def test_places_on_the_earth(reader: Reader) -> None:
    by = PLAIN.replace("summary: what", "place: {address: what, latitude: id, longitude: type}").replace(
        "codes: {DOM: domestic-abuse}", "otherwise: keep"
    )
    for text, reason in (
        ("91,2018-08-26,0.1,x", "lies outside -90 to 90"),
        ("5,2018-08-26,west,x", "west is no number of degrees"),
    ):
        assert reason in reader(HEAD + text + "\n", by).rejected[0].reason
    assert reader(HEAD + "0,2018-08-26,0.0,x\n", by).rows[0].incident.place.point is None  # type: ignore[union-attr]
