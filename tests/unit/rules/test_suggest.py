"""What a line may tell: what is found, what is said of it, and that no line whatever is a fault."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callhandler.policy.pack import Pack, policy_of
from callhandler.rules.suggest import LONGEST_WORDS, Said, Suggester, Suggestion, verbatim
from tests.shipped import shipped

POLICY = shipped("national")
SUGGESTER = Suggester(POLICY)
PIECES = (
    "he",
    "hit",
    "me",
    "no",
    "not",
    "never,",
    ".",
    "’",
    "knife",
    "\u202e\u0301",
    "🙂",
    "ﬁ",
    "ß",
    "İ",
    "kill",
    "her",
    "used",
    "to",
)


def told(line: str) -> dict[str, Suggestion]:
    return {s.indicator: s for s in SUGGESTER.suggest(line) if not s.denied}


def denied(line: str) -> set[str]:
    return {s.indicator for s in SUGGESTER.suggest(line) if s.denied}


@pytest.mark.parametrize(
    ("line", "indicator", "words"),
    [
        ("he's got a knife", "weapon-seen", "got a knife"),
        ("he’s outside now", "suspect-present", "he’s outside"),
        ("hes got a nife", "weapon-seen", "got a nife"),
        ("susp has STRANGELED her before", "strangulation", "STRANGELED"),
        ("she was strangaled", "strangulation", "strangaled"),
        ("been stabed twice", "weapon-seen", "been stabed"),
        ("slapped the caller", "violence-now", "slapped the caller"),
        ("he hit mum too", "harm-to-protector", "hit mum"),
        ("he wont let me out", "control-of-movement", "wont let me out"),
        ("he won't ever let her out", "control-of-movement", "won't ever let her out"),
        ("going to my mums", "going-elsewhere", "going to my mums"),
        ("55 pressed", "pressed-55", "55 pressed"),
        ("wants to order a pizza", "covert-call", "order a pizza"),
        ("caller on line is 8 year old on the line", "child-calls", "year old on the line"),
    ],
)
def test_what_is_said_is_found_with_its_own_words(line: str, indicator: str, words: str) -> None:
    assert told(line)[indicator].words == words


@pytest.mark.parametrize(
    ("line", "indicator"),
    [
        ("no knife", "weapon-seen"),
        ("he hasn't got a knife", "weapon-seen"),
        ("hasn’t got a gun or a knife", "weapon-seen"),
        ("never hit me", "violence-now"),
        ("no injuries", "injury"),
        ("no thoughts of suicide", "own-suicide-threat"),
        ("weapons: none, has a knife: no", "weapon-seen"),
        ("she denies that he hit her", "violence-now"),
        ("isn't pregnant", "pregnancy"),
    ],
)
def test_a_denial_is_never_told(line: str, indicator: str) -> None:
    assert indicator not in told(line)


@pytest.mark.parametrize(
    ("line", "indicator"),
    [
        ("not only did he hit me", "violence-now"),
        ("no, he hit me", "violence-now"),
        ("no he hit me again", "violence-now"),
        ("no injuries but he has a knife", "weapon-seen"),
        ("no keys so she has gone to her mums", "going-elsewhere"),
        ("can't rule out that he has a knife", "weapon-feared"),
        ("i dont know if he has a knife", "weapon-feared"),
        ("at no 14 he hit her", "violence-now"),
        ("he won't stop ringing", "unwanted-contact"),
        ("not breathing", "medical-emergency"),
    ],
)
def test_a_no_that_denies_nothing_hides_nothing(line: str, indicator: str) -> None:
    assert indicator in told(line)


def test_a_denial_may_be_taken_as_one() -> None:
    assert denied("no injuries") == {"injury"}
    assert not denied("she has injuries")


def test_told_and_denied_in_one_line_is_told() -> None:
    assert "violence-now" in told("he never hit me before but he hit me tonight")


def test_what_was_once_and_what_is_feared_is_what_it_means() -> None:
    assert "violence-before" in told("years ago he hit me")
    assert "violence-now" not in told("years ago he hit me")
    assert "weapon-feared" in told("she thinks he has a knife")
    assert "fear-for-life" in told("i think he will kill me")


def test_who_is_spoken_of_and_who_passes_it_on_is_said() -> None:
    assert Said.THIRD in told("a woman is being strangled next door")["strangulation"].said
    assert Said.REPORTED in told("apparently he strangled her")["strangulation"].said
    assert told("he strangled me")["strangulation"].said == ()


@pytest.mark.parametrize(
    "line",
    [
        "kick off is at three",
        "took a screen shot of the advert",
        "he hit the jackpot",
        "knife and fork set for her birthday",
        "beat him at darts",
        "inft lives at no 12, blue door",
        "i'm skilled at this",
        "the gunwale of the boat",
        "",
        "   ",
        "12345",
    ],
)
def test_ordinary_talk_is_left_in_peace(line: str) -> None:
    assert told(line) == {}


def test_the_weightiest_comes_first_and_what_is_denied_last() -> None:
    found = SUGGESTER.suggest("no injuries. she is going to her mums. he strangled her")
    weights = ["grave", "serious", "context"]
    shown = [weights.index(s.weight) for s in found if not s.denied]
    assert shown == sorted(shown)
    assert [s.denied for s in found] == sorted(s.denied for s in found)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_line_is_a_fault_and_every_word_is_verbatim(line: str) -> None:
    for one in SUGGESTER.suggest(line):
        assert 0 <= one.start < one.end <= len(line)
        assert one.words == line[one.start : one.end]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES)))
def test_no_order_of_words_is_a_fault(words: list[str]) -> None:
    line = " ".join(words)
    for one in SUGGESTER.suggest(line):
        assert one.words == line[one.start : one.end]


@pytest.mark.parametrize(
    "line", ["x" * 10_000, "he hit me " * 1_000, "no " * 5_000, "ñ’" * 5_000, "\0\ud800 he hit me"]
)
def test_a_long_or_odd_line_is_no_fault(line: str) -> None:
    SUGGESTER.suggest(line)


def test_the_words_recorded_are_the_line_and_of_a_long_one_the_part_around_them() -> None:
    short = "  he’s got a nife "
    assert verbatim(short, told(short)["weapon-seen"]) == short.strip()
    long = "blah " * 400 + "he strangled her " + "blah " * 400
    words = verbatim(long, told(long)["strangulation"])
    assert words in long
    assert "strangled her" in words
    assert len(words) <= LONGEST_WORDS
    assert words.startswith("blah") and words.endswith("blah"), "cut between words"


def test_a_policy_kept_before_there_was_a_language_still_offers_its_words() -> None:
    kept = POLICY.pack.model_dump(mode="json", by_alias=True, exclude_unset=True)
    del kept["language"]
    old = Suggester(policy_of(Pack.model_validate(kept)))
    assert "screaming-heard" in {s.indicator for s in old.suggest("a woman is screaming")}
    assert old.suggest("") == ()


def test_what_is_told_of_one_thing_is_not_told_of_the_next() -> None:
    assert set(told("he has got a knife and my baby is here")) == {"weapon-seen", "child-present"}
    assert "child-whereabouts-unknown" in told("he's got my baby and a knife")
    assert "suspect-present" in told("he's banging and shouting outside the house")


@pytest.mark.parametrize(
    ("line", "none", "still"),
    [
        ("a man pretending to be my bank", "covert-call", "fraud-report"),
        ("loud party, lots of people in the garden", "suspect-present", "noise-complaint"),
    ],
)
def test_everyday_words_offer_nothing_grave(line: str, none: str, still: str) -> None:
    assert none not in told(line) and still in told(line)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("she is pretending to be on the phone to her mum", "covert-call"),
        ("pretends to order a takeaway", "covert-call"),
        ("two people in the garden", "suspect-present"),
        ("he's in the garden", "suspect-present"),
    ],
)
def test_what_is_grave_is_still_offered(line: str, wanted: str) -> None:
    assert wanted in told(line)
