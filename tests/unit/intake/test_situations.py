"""Reading situations: short forms, the cast, twins, and every fault at its file and line."""

from datetime import timedelta
from pathlib import Path

import pytest

from callhandler.errors import BadInputs
from callhandler.intake.situation_picture import picture_of
from callhandler.intake.situations import Case, read_situations
from callhandler.model.facts import Stance
from callhandler.model.people import Relation, Role
from callhandler.policy.pack import Policy

HEAD = 'situations:\n  - id: one\n    say: "A case"\n    reference: "test 1"\n'


def write(folder: Path, text: str) -> Path:
    path = folder / "cases.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def read(folder: Path, policy: Policy, text: str = "") -> list[Case]:
    return list(read_situations(write(folder, text), policy))


def faults(folder: Path, policy: Policy, text: str) -> list[str]:
    with pytest.raises(BadInputs) as caught:
        read(folder, policy, text)
    return [str(f) for f in caught.value.faults]


def test_a_case_of_three_lines_is_a_whole_call(tmp_path: Path, policy: Policy) -> None:
    (case,) = read(tmp_path, policy)
    picture = picture_of(case.situation.given, policy)
    assert picture.incident is not None
    assert [p.name for p in picture.people] == ["The caller"]
    assert len(picture.calls) == 1
    assert case.where == "cases.yaml:2"


def test_a_domestic_call_has_both_and_their_tie(tmp_path: Path, policy: Policy) -> None:
    (case,) = read(tmp_path, policy, "    type: domestic-abuse\n")
    picture = picture_of(case.situation.given, policy)
    her, him = picture.with_role(Role.AT_RISK)[0], picture.with_role(Role.SUSPECT)[0]
    assert [(t.a, t.b, t.relation) for t in picture.person_ties] == [(him, her, Relation.EX_PARTNER)]


def test_what_is_told_has_three_forms(tmp_path: Path, policy: Policy) -> None:
    (case,) = read(
        tmp_path,
        policy,
        "    type: domestic-abuse\n    told:\n      - keys-held\n"
        '      - {weapon-feared: "He might get a knife"}\n'
        "      - {tells: fear, by: neighbour, source: third_party, denied: true, ago: 2d}\n",
    )
    plain, with_words, whole = picture_of(case.situation.given, policy).disclosures
    assert (plain.indicator, plain.words) == ("keys-held", "")
    assert with_words.words == "He might get a knife"
    assert (whole.stance, whole.source, whole.teller) == (Stance.DENIED, "third_party", "A neighbour")
    assert whole.happened.at < plain.happened.at


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("40", timedelta(minutes=40)),
        ("40 min", timedelta(minutes=40)),
        ("3h", timedelta(hours=3)),
        ("12 d", timedelta(days=12)),
    ],
)
def test_how_long_ago(tmp_path: Path, policy: Policy, written: str, meant: timedelta) -> None:
    (case,) = read(tmp_path, policy, f"    waited: {written}\n")
    assert case.situation.given.waited == meant


def test_a_twin_is_its_original_and_one_fact(tmp_path: Path, policy: Policy) -> None:
    one, two = read(
        tmp_path,
        policy,
        "    near: [weapon-feared]\n    type: asb\n    told: [fear]\n"
        '  - id: two\n    say: "The same"\n    twin: {of: one, adds: {told: [weapon-seen]}}\n',
    )
    assert [t.tells for t in two.situation.given.told] == ["fear", "weapon-seen"]
    assert two.situation.given.type == "asb"
    assert two.situation.reference == one.situation.reference


TWIN = '  - id: two\n    say: "The same"\n'


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("    told: [no-such]\n", 2, "there is no indicator no-such"),
        ("    type: no-such\n", 2, "there is no incident type no-such"),
        ("    orders: [no-such]\n", 2, "there is no order type no-such"),
        ('    answers: {no-such: "yes"}\n', 2, "there is no question no-such"),
        ("    expect: {serious: [no-such]}\n", 2, "there is no warning no-such"),
        ("    near: [no-such]\n", 2, "there is no warning no-such"),
        ("    told: [{tells: fear, about: somebody}]\n", 2, "there is no person somebody"),
        (
            "    confirmed: [{fact: no-such, said_by: supervisor, checked: record-read}]\n",
            2,
            "no confirmation no-such",
        ),
        ("    told: [voilence-now]\n", 2, "did you mean violence-now"),
        ("    type: asb\n    qualifiers: [repeated]\n", 2, "no qualifier of asb repeated; there are hate"),
        ("    allows: priority\n", 5, "allows belongs under expect"),
        ('    told: [{fear: "x", about: caller}]\n', 5, "fear is written {tells: fear"),
        ("    markers: [{on: home, code: fire-arms}]\n", 2, "did you mean firearms"),
        ("    records: [{kind: convictions}]\n", 2, "did you mean conviction"),
        ("    warned: [{ago: 2d, kind: bial}]\n", 2, "did you mean bail"),
        ("    counts: [{number: 3, at: nowhere}]\n", 2, "there is no place nowhere; there are home"),
        ("    told: [no-such]\n    typ: asb\n", 2, "there is no indicator no-such"),
        ("    waited: soon\n", 5, "how long ago is written"),
        ("    typ: asb\n", 5, "not permitted"),
        ("    told: [{tells: fear, abot: her}]\n", 5, "not permitted"),
        ("    expect: {flor: none}\n", 5, "not permitted"),
        ("    moves: [{room: South}]\n", 5, "either to or going"),
        ("    given: {type: asb}\n", 5, "without the word given"),
        (TWIN + "    twin: {of: three, adds: {told: [fear]}}\n", 7, "there is no situation three"),
        (TWIN + "    twin: {of: one, adds: {told: [fear, injury]}}\n", 7, "exactly one fact"),
        (TWIN + "    twin: {of: one, adds: {tell: [fear]}}\n", 7, "gives no tell"),
        (TWIN + "    twin: {of: one}\n", 7, "a twin is written"),
        (TWIN + "    type: asb\n    twin: {of: one, adds: {told: [fear]}}\n", 7, "gives nothing of its own"),
        ('  - id: one\n    say: "Again"\n    reference: "test 1"\n', 5, "is used 2 times"),
        ('  - say: "Nameless"\n', 5, "needs an id"),
    ],
)
def test_a_fault_is_told_at_its_line(
    tmp_path: Path, policy: Policy, text: str, line: int, words: str
) -> None:
    found = faults(tmp_path, policy, text)
    assert any(f.startswith(f"cases.yaml:{line}:") and words in f for f in found), found


def test_faults_are_told_all_at_once(tmp_path: Path, policy: Policy) -> None:
    assert (
        len(faults(tmp_path, policy, "    waited: soon\n    typ: asb\n    told: [{abot: x, tells: y}]\n"))
        == 3
    )


def test_a_folder_without_cases_says_so(tmp_path: Path, policy: Policy) -> None:
    with pytest.raises(BadInputs, match="no situation files"):
        read_situations(tmp_path, policy)


def test_an_order_has_its_terms_with_a_place_or_with_her(tmp_path: Path, policy: Policy) -> None:
    (case,) = read(
        tmp_path,
        policy,
        "    type: domestic-abuse\n    orders:\n      - type: nmo\n        terms_read: true\n"
        "        terms: [no-contact-direct, {kind: exclusion-zone, place: home, metres: 100}]\n",
    )
    picture = picture_of(case.situation.given, policy)
    (order,) = picture.orders
    assert order.terms_read
    contact, zone = order.terms
    assert (contact.attached, contact.place_id) == ("person", None)
    assert (zone.attached, zone.metres, picture.place(zone.place_id) is not None) == ("place", 100, True)
    (fault,) = faults(tmp_path, policy, "    orders: [{type: nmo, terms: [moonlight]}]\n")
    assert "there is no kind of term moonlight" in fault
