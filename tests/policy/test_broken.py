"""A broken policy: each fault is named with its file and line, all of them in one reading, and nothing half-read is used."""

from collections.abc import Callable
from pathlib import Path

import pytest

from callhandler.errors import BadInputs
from callhandler.policy.loader import load

Edit = Callable[[Path], None]


def swap(file: str, old: str, new: str) -> Edit:
    """Replace the first place where `old` is written."""

    def edit(pack: Path) -> None:
        path = pack / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}; this test must be told anew"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def add(file: str, entry: str) -> Edit:
    """Append an entry to a list file."""

    def edit(pack: Path) -> None:
        path = pack / file
        path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + entry + "\n", encoding="utf-8")

    return edit


def rule(when: str, *, more: str = "", sentence: str = "Something is told", settles: str = "") -> Edit:
    """Append a warning."""
    entry = f"""  - id: a-new-rule
    tier: serious
    sentence: "{sentence}"
    when: {when}
    do: ["Act"]
    settles: {settles or "[{fact: suspect-detained, said_by: [custody-officer], confirmed_by: [custody-record]}]"}
    not_settled_by: ["He has left"]
    reference: "test 1"
    {more}"""
    return add("core/warnings.yaml", entry)


def needless(question: str, moot: str) -> Edit:
    """Say what makes a question needless."""
    head = f"  - id: {question}\n"
    return swap(QUESTIONS, head, f"{head}    moot: {moot}\n")


def gone(file: str) -> Edit:
    return lambda pack: (pack / file).unlink()


def bytes_of(file: str, data: bytes) -> Edit:
    def edit(pack: Path) -> None:
        (pack / file).write_bytes(data)

    return edit


MANNERS = "core/manners.yaml"
WARNINGS, QUESTIONS, GATES = "core/warnings.yaml", "core/questions.yaml", "core/gates.yaml"
CONTACTS = "core/contacts.yaml"
STATES, TERMS = "core/order_states.yaml", "core/terms.yaml"
RESPONSES, ESCALATIONS = "core/responses.yaml", "core/escalations.yaml"
INDICATORS = "core/indicators.yaml"
ORDERS, TYPES, SCHEME = "core/orders.yaml", "core/types.yaml", "schemes/national.yaml"
FEAR = "{present: {indicators: [fear]}}"

REVIEWS = "core/reviews.yaml"
OFFENCES, REFERRALS = "core/offences.yaml", "core/referrals.yaml"
PAPERS = "core/papers.yaml"
AREA = """areas:
  - id: here
    name: "Here"
    words: ["Here"]
    contacts: [{service: legal-help, name: "Legal help", reach: "01632 960000", reference: "test 1"}]
"""

BROKEN: dict[str, tuple[Edit, str, str]] = {
    "a paper that gathers an unknown question": (
        swap(PAPERS, "questions: [safe-contact,", "questions: [no-such,"),
        PAPERS,
        "no question no-such",
    ),
    "a paper that gathers an unknown indicator": (
        swap(PAPERS, "indicators: [keys-held,", "indicators: [no-such,"),
        PAPERS,
        "no indicator no-such",
    ),
    "a pack for a referral that is none": (
        swap(PAPERS, "{referral: sanctuary,", "{referral: legal-help,"),
        PAPERS,
        "no referral legal-help",
    ),
    "a referral that is told twice": (
        swap(PAPERS, "{referral: sanctuary,", "{referral: health,"),
        PAPERS,
        "health is told twice",
    ),
    "a pack that tells what is no part of any": (
        swap(PAPERS, "tells: [children]", "tells: [everything]"),
        PAPERS,
        "tells",
    ),
    "papers without a marking": (
        swap(PAPERS, "marking: OFFICIAL-SENSITIVE", "marking: ''"),
        PAPERS,
        "marking",
    ),
    "an offence by an unknown indicator": (
        swap(OFFENCES, "indicators: [weapon-seen]", "indicators: [no-such]"),
        OFFENCES,
        "no indicator no-such",
    ),
    "two offences of one id": (swap(OFFENCES, "id: burglary", "id: assault"), OFFENCES, "used 2 times"),
    "an offence without its statute": (
        swap(OFFENCES, '    statute: "Common law"\n', ""),
        OFFENCES,
        "statute",
    ),
    "law that ends before it begins": (
        swap(OFFENCES, "    valid_from: 2022-06-07", "    valid_from: 2022-06-07\n    valid_to: 2021-01-01"),
        OFFENCES,
        "ends before it begins",
    ),
    "a signpost that leads nowhere": (
        swap(REFERRALS, "    signpost: legal-help\n", ""),
        REFERRALS,
        "names its service under signpost",
    ),
    "a consent that nobody knows": (
        swap(REFERRALS, "consent: needed", "consent: perhaps"),
        REFERRALS,
        "consent",
    ),
    "an area that has not every service": (
        swap("schemes/national.yaml", "call_joins_within_hours", AREA + "call_joins_within_hours"),
        "schemes/national.yaml",
        "no contact for domestic-abuse-service",
    ),
    "a lowering that nobody looks at again": (
        swap(REVIEWS, "when: lowered", "when: closed_without_contact"),
        REVIEWS,
        "no entry has when: lowered",
    ),
    "two reasons of one id": (
        swap(REVIEWS, "id: raised-sample", "id: other-sample"),
        REVIEWS,
        "used 2 times",
    ),
    "a rule that is blind": (
        swap(REVIEWS, "    when: lowered", "    when: lowered\n    blind: true"),
        REVIEWS,
        "only what is sampled may be blind",
    ),
    "a rule that takes some": (
        swap(REVIEWS, "    when: lowered", "    when: lowered\n    per_thousand: 10"),
        REVIEWS,
        "a rule takes every one",
    ),
    "a lot that holds a closing up": (
        swap(REVIEWS, "    of: raised\n", "    of: raised\n    holds: true\n"),
        REVIEWS,
        "only a rule may",
    ),
    "a lot of nothing": (swap(REVIEWS, "    of: raised\n", ""), REVIEWS, "sampled needs it"),
    "a rate of an unknown type": (
        swap(REVIEWS, "honour-abuse: 250", "no-such: 250"),
        REVIEWS,
        "no incident type no-such",
    ),
    "a rate of more than all": (swap(REVIEWS, "per_thousand: 100", "per_thousand: 1001"), REVIEWS, "1000"),
    "a contact that nobody can confirm": (
        swap(REVIEWS, "contact_facts: [person-seen-safe", "contact_facts: [no-such"),
        REVIEWS,
        "no confirmation no-such",
    ),
    "something missed of an unknown warning": (
        swap(REVIEWS, "warnings: [target-overdue]", "warnings: [no-such]"),
        REVIEWS,
        "no warning no-such",
    ),
    "something missed of an unknown question": (
        swap(REVIEWS, "questions: [children-where]", "questions: [no-such]"),
        REVIEWS,
        "no question no-such",
    ),
    # what, where, which words
    "unknown key": (swap(WARNINGS, "    floor: immediate", "    flor: immediate"), WARNINGS, "flor"),
    "duplicate id": (swap(TYPES, "id: violence", "id: domestic-abuse"), TYPES, "used 2 times"),
    "duplicate YAML key": (
        swap(TYPES, "    domestic: true", "    name: Other\n    domestic: true"),
        TYPES,
        "duplicate key",
    ),
    "dangling indicator": (rule("{present: {indicators: [no-such]}}"), WARNINGS, "no indicator no-such"),
    "dangling question": (rule("{unknown: {questions: [no-such]}}"), WARNINGS, "no question no-such"),
    "dangling order": (rule("{order: {types: [no-such]}}"), WARNINGS, "no order type no-such"),
    "dangling type": (rule("{type: {types: [no-such]}}"), WARNINGS, "no incident type no-such"),
    "dangling confirmation": (
        rule(FEAR, settles="[{fact: no-such, said_by: [dispatcher], confirmed_by: [record-read]}]"),
        WARNINGS,
        "no confirmation no-such",
    ),
    "dangling sayer": (
        rule(FEAR, settles="[{fact: caller-told, said_by: [no-such], confirmed_by: [record-read]}]"),
        WARNINGS,
        "nobody called no-such",
    ),
    "dangling check": (
        rule(FEAR, settles="[{fact: caller-told, said_by: [dispatcher], confirmed_by: [no-such]}]"),
        WARNINGS,
        "no check called no-such",
    ),
    "dangling settling question": (
        rule(FEAR, more="settled_by_reply: [no-such]"),
        WARNINGS,
        "no question no-such",
    ),
    "a question that tells nothing known": (
        swap(QUESTIONS, 'tells: {"yes": place-known}', 'tells: {"yes": no-such}'),
        QUESTIONS,
        "tells no known no-such",
    ),
    "a question that serves no warning": (
        swap(QUESTIONS, "serves: [place-he-may-know]", "serves: [no-such]"),
        QUESTIONS,
        "there is no warning no-such",
    ),
    "a wording that no manner uses": (
        swap(QUESTIONS, 'asks: {yes-no: "Are you alone?"', 'asks: {shouted: "Are you alone?"'),
        QUESTIONS,
        "no manner uses the wording shouted",
    ),
    "a needless question that a warning waits for": (
        needless("children-where", "{present: {indicators: [fear]}}"),
        QUESTIONS,
        "so it is never needless",
    ),
    "needless because not known": (
        needless("bail", "{replied: {question: alone, reply: not_known}}"),
        QUESTIONS,
        "only a plain yes or no",
    ),
    "needless because not asked": (
        needless("bail", "{unknown: {questions: [alone]}}"),
        QUESTIONS,
        "not knowing makes no question needless",
    ),
    "a question with the name of the manner": (
        swap(QUESTIONS, "  - id: separated\n", "  - id: manner\n"),
        QUESTIONS,
        "kept for how a caller speaks",
    ),
    "two manners of one name": (
        swap(MANNERS, "  - id: taps\n", "  - id: child\n"),
        MANNERS,
        "used 2 times",
    ),
    "a manner without a way to speak": (
        swap(MANNERS, '    key: "Alt+0"\n', "    speaks: []\n"),
        MANNERS,
        "speaks",
    ),
    "not under a floor": (
        rule('{not: {replied: {question: alone, reply: "yes"}}}', more="floor: immediate"),
        WARNINGS,
        "may not use not",
    ),
    "unknown under a floor": (
        rule("{all: [{unknown: {questions: [alone]}}]}", more="floor: priority"),
        WARNINGS,
        "may not use unknown",
    ),
    "a doubt about the place under a floor": (
        rule("{location: {doubts: [far_apart]}}", more="floor: priority"),
        WARNINGS,
        "may not use location",
    ),
    "response none under a floor": (
        rule('{response: {states: ["none"]}}', more="floor: priority"),
        WARNINGS,
        "may not use response with none",
    ),
    "replied under a floor": (
        rule('{replied: {question: alone, reply: "no"}}', more="floor: priority"),
        WARNINGS,
        "may not use replied",
    ),
    "the clock no_contact under a floor": (
        rule("{clock: {of: no_contact, minutes: 5}}", more="floor: priority"),
        WARNINGS,
        "may not use the clock no_contact",
    ),
    "rising severity under a floor": (
        rule("{rising_severity: {}}", more="floor: priority"),
        WARNINGS,
        "may not use rising_severity",
    ),
    "shortening gaps under a floor": (
        rule("{gaps_shortening: {}}", more="floor: priority"),
        WARNINGS,
        "may not use gaps_shortening",
    ),
    "what is new in a repeat call under a floor": (
        rule("{new_in_repeat_call: {weight: grave}}", more="floor: priority"),
        WARNINGS,
        "may not use new_in_repeat_call",
    ),
    "what is said and not recorded under a floor": (
        rule("{said_not_logged: {}}", more="floor: priority"),
        WARNINGS,
        "may not use said_not_logged",
    ),
    "an owner under a floor": (
        rule("{owner: {states: [none]}}", more="floor: priority"),
        WARNINGS,
        "may not use owner",
    ),
    "the grade under a floor": (
        rule("{graded: {bands: [resolve]}}", more="floor: priority"),
        WARNINGS,
        "may not use graded",
    ),
    "a task under a floor": (
        rule("{task: {overdue: true}}", more="floor: priority"),
        WARNINGS,
        "may not use task",
    ),
    "a fact not confirmed under a floor": (
        rule("{unconfirmed: {facts: [person-seen-safe]}}", more="floor: priority"),
        WARNINGS,
        "may not use unconfirmed",
    ),
    "questions not answered under a floor": (
        rule("{not_answered: {at_least: 2}}", more="floor: priority"),
        WARNINGS,
        "may not use not_answered",
    ),
    "a place not known under a floor": (
        rule("{whereabouts: {state: not_known}}", more="floor: priority"),
        WARNINGS,
        "may not use whereabouts",
    ),
    "nobody named under a floor": (
        rule("{unnamed: {roles: [suspect]}}", more="floor: priority"),
        WARNINGS,
        "may not use unnamed",
    ),
    "nobody at risk under a floor": (
        rule("{nobody_at_risk: {}}", more="floor: priority"),
        WARNINGS,
        "may not use nobody_at_risk",
    ),
    "one who reports under a floor": (
        rule("{reporter_at_risk_before: {}}", more="floor: priority"),
        WARNINGS,
        "may not use reporter_at_risk_before",
    ),
    "the hour under a floor": (
        rule('{time_of_day: {from: "22:00", to: "06:00"}}', more="floor: priority"),
        WARNINGS,
        "may not use time_of_day",
    ),
    "a weight beside indicators": (
        rule("{present: {indicators: [fear], weight: grave}}"),
        WARNINGS,
        "either indicators or a weight",
    ),
    "neither indicators nor a weight": (rule("{again: {}}"), WARNINGS, "either indicators or a weight"),
    "natural_to without a weight": (
        rule("{present: {indicators: [fear], natural_to: [theft]}}"),
        WARNINGS,
        "narrows a weight",
    ),
    "natural to no type": (
        rule("{present: {weight: grave, natural_to: [no-such]}}"),
        WARNINGS,
        "no incident type no-such",
    ),
    "a weight that is none": (rule("{again: {weight: heavy}}"), WARNINGS, "weight"),
    "an indicator natural to no type": (
        swap(INDICATORS, "    types: [domestic-abuse,", "    types: [no-such, domestic-abuse,"),
        INDICATORS,
        "no incident type no-such",
    ),
    "a qualifier that is none": (rule('{qualifier: {of: ["no such"]}}'), WARNINGS, "no qualifier no such"),
    "a fact that cannot be confirmed": (
        rule("{unconfirmed: {facts: [no-such]}}"),
        WARNINGS,
        "no confirmation no-such",
    ),
    "one report that rises": (rule("{rising_severity: {reports: 1}}"), WARNINGS, "reports"),
    "two gaps are the fewest": (rule("{gaps_shortening: {reports: 2}}"), WARNINGS, "reports"),
    "an hour that is none": (rule('{time_of_day: {from: "25:00", to: "06:00"}}'), WARNINGS, "from"),
    "a concern settled by its having gone": (
        rule(FEAR, more="settled_by_change: true"),
        WARNINGS,
        "settled_by_change belongs to",
    ),
    "a floor settled by a change": (
        rule("{clock: {of: waiting, minutes: 5}}", more="settled_by_change: true\n    floor: priority"),
        WARNINGS,
        "settled_by_change belongs to",
    ),
    "two words in one condition": (
        rule("{order: {}, present: {indicators: [fear]}}"),
        WARNINGS,
        "exactly one word",
    ),
    "no word in a condition": (rule("{}"), WARNINGS, "exactly one word"),
    "an empty word": (rule("{order: }"), WARNINGS, "order is empty"),
    "an empty list": (rule("{all: []}"), WARNINGS, "at least one condition"),
    "an empty when": (rule(""), WARNINGS, "when"),
    "a question asked always by a slip": (
        swap(QUESTIONS, "    when: *danger_here\n", "    when:\n"),
        QUESTIONS,
        "when is empty",
    ),
    "a word outside the vocabulary": (rule("{moon: full}"), WARNINGS, "moon"),
    "an expression": (rule('"count > 3"'), WARNINGS, "when"),
    "a placeholder that is not known": (rule(FEAR, sentence="Told {moon}"), WARNINGS, "no value for {moon}"),
    "a placeholder without a name": (rule(FEAR, sentence="Told {}"), WARNINGS, "no value for {}"),
    "a brace too many": (rule(FEAR, sentence="Told {words"), WARNINGS, "brace too many"),
    "a placeholder with a form": (
        rule(FEAR, sentence="Told {words:d}"),
        WARNINGS,
        "nothing more in its braces",
    ),
    "nothing that settles it": (rule(FEAR, settles="[]"), WARNINGS, "could never end"),
    "no step to take": (
        swap(
            WARNINGS,
            '    do:\n      - "Stay on the line while he may be near"',
            "    do: []\n    dont:\n      - x",
        ),
        WARNINGS,
        "do",
    ),
    "a gate weaker than the least": (
        swap(GATES, "gate: rationale_and_agreement", "gate: rationale"),
        GATES,
        "at least rationale_and_agreement",
    ),
    "raising that asks something": (
        swap(GATES, "gate: none", "gate: reason"),
        GATES,
        "raising asks nothing, ever",
    ),
    "a case twice": (
        swap(GATES, "case: below_floor_critical", "case: below_floor"),
        GATES,
        "below_floor is written 2 times",
    ),
    "a gate weaker than the least for one act": (
        swap(
            GATES,
            "acts: [retype, retract, reject_link, lower_risk, part_records]\n    gate: rationale\n",
            "gate: reason\n",
        ),
        GATES,
        "loses_floor asks for at least rationale",
    ),
    "a case left out for one act": (
        swap(
            GATES,
            "acts: [retype, retract, reject_link, lower_risk, part_records]",
            "acts: [retype, retract, reject_link, part_records]",
        ),
        GATES,
        "missing for lower_risk",
    ),
    "an act in a case it never comes to": (
        swap(GATES, "acts: [retype]", "acts: [retype, grade]"),
        GATES,
        "grade: never in the case loses_nothing",
    ),
    "no way to be identified": (
        lambda pack: (pack / CONTACTS).write_text(
            (pack / CONTACTS)
            .read_text(encoding="utf-8")
            .replace("identified:\n", "identified: []\nunused:\n", 1),
            encoding="utf-8",
        ),
        CONTACTS,
        "unused",
    ),
    "the same way twice": (swap(CONTACTS, "id: document", "id: known-in-person"), CONTACTS, "used 2 times"),
    "half a contact by nobody known": (
        swap(CONTACTS, "seen_by: officer", "seen_by: no-such"),
        CONTACTS,
        "no no-such",
    ),
    "half a contact of no fact": (
        swap(CONTACTS, "fact: person-seen-safe", "fact: no-such"),
        CONTACTS,
        "no no-such",
    ),
    "refused without saying why": (
        swap(CONTACTS, 'why_not: "Then she was not seen."', 'why_not: ""'),
        CONTACTS,
        "say why in why_not",
    ),
    "agreement by whoever asks": (
        swap(GATES, "may_agree: [supervisor]", "may_agree: [handler]"),
        GATES,
        "may_agree",
    ),
    "no ground at all": (
        lambda pack: (pack / GATES).write_text(
            (pack / GATES).read_text(encoding="utf-8").replace("grounds:\n", "grounds: []\nungrounds:\n", 1),
            encoding="utf-8",
        ),
        GATES,
        "ungrounds",
    ),
    "the same choice twice": (
        swap(GATES, "id: person-safe-with-officers", "id: suspect-detained"),
        GATES,
        "used 2 times",
    ),
    "no grade that is immediate": (
        swap(SCHEME, "band: immediate", "band: priority"),
        SCHEME,
        "band immediate",
    ),
    "grades out of order": (swap(SCHEME, "rank: 1", "rank: 9"), SCHEME, "most urgent first"),
    "two grades of one rank": (swap(SCHEME, "rank: 2", "rank: 1"), SCHEME, "the same rank"),
    "a target that is no number": (
        swap(SCHEME, "target_minutes: 15", "target_minutes: soon"),
        SCHEME,
        "target_minutes",
    ),
    "YAML that is none": (swap(TYPES, "    name:", "   name:"), TYPES, "not valid YAML"),
    "a number where text is needed": (swap(TYPES, 'name: "Violence"', "name: 55"), TYPES, "given 55"),
    "a file missing": (gone(ORDERS), ORDERS, "this file is missing"),
    "a file that is not UTF-8": (bytes_of(ORDERS, b"orders:\n  - id: \xff\xfe"), ORDERS, "UTF-8"),
    "an empty file": (bytes_of(TYPES, b""), TYPES, "holds one key"),
    "another key beside the list": (add(TYPES, "more: []"), TYPES, "holds one key"),
    "an order that ends on a word": (
        swap(
            STATES, "{learned: [discharged, dismissed], verified: true}", "{learned: [discharged, dismissed]}"
        ),
        STATES,
        "an order ends only by what was checked",
    ),
    "an order that ends by being served": (
        swap(
            STATES,
            "{learned: [discharged, dismissed], verified: true}",
            "{learned: [served], verified: true}",
        ),
        STATES,
        "an order ends only by what was checked",
    ),
    "not yet in force on a word": (
        swap(STATES, "{made: to_come, known_from: record}", "{known_from: telling}"),
        STATES,
        "not yet, by `made: to_come`",
    ),
    "an end below what is live": (
        swap(STATES, "state: LIVE\n    because", "state: EXPIRED\n    because"),
        STATES,
        "stands above every row that does not",
    ),
    "no last row": (
        swap(
            STATES,
            "    state: LIVE\n    because",
            "    state: LIVE\n    when: [{known_from: record}]\n    because",
        ),
        STATES,
        "the last row has no `when`",
    ),
    "a row that hides the rest": (
        swap(STATES, "    when:\n      - {known_from: telling}\n", ""),
        STATES,
        "no row below it is ever reached",
    ),
    "a state that no row gives": (
        swap(STATES, "state: NOT_YET", "state: EXPIRED"),
        STATES,
        "no row gives the state NOT_YET",
    ),
    "a row twice": (swap(STATES, "id: aware", "id: unserved"), STATES, "unserved is used 2 times"),
    "a word that the table does not know": (
        swap(STATES, "{expiry: unknown}", "{expiry: perhaps}"),
        STATES,
        "expiry",
    ),
    "a thing that cannot be learned": (
        swap(STATES, "{learned: [varied]", "{learned: [moonlight]"),
        STATES,
        "learned",
    ),
    "a condition of the table that says nothing": (
        swap(STATES, "{expiry: unknown}", "{}"),
        STATES,
        "says nothing",
    ),
    "verified without what": (
        swap(STATES, "{known_from: telling}", "{verified: true}"),
        STATES,
        "says nothing",
    ),
    "a doubt left out": (
        swap(STATES, "overlay: SERVICE_UNKNOWN", "overlay: EXPIRY_UNKNOWN"),
        STATES,
        "SERVICE_UNKNOWN is written 0 times",
    ),
    "a reason with a value that is not there": (
        swap(STATES, 'because: "known only from {source}"', 'because: "known only from {moon}"'),
        STATES,
        "no value for {moon}",
    ),
    "two terms of one key": (swap(TERMS, "key: h", "key: v"), TERMS, "the key v is used 2 times"),
    "a term that tells nothing known": (
        swap(TERMS, "[keys-held, control-of-movement]", "[no-such]"),
        TERMS,
        "no indicator no-such",
    ),
    "a place told of by a term without one": (
        swap(TERMS, "attached: [respondent]", "attached: [respondent]\n    told_of_place: [damage]"),
        TERMS,
        "goes with a place",
    ),
    "dangling kind of term": (
        rule("{order_term: {kinds: [no-such]}}"),
        WARNINGS,
        "no kind of term no-such",
    ),
    "an order type that does not say who makes it": (
        swap(ORDERS, '    issuer: "Family court or High Court"\n', ""),
        ORDERS,
        "issuer is missing",
    ),
    "a power without a maximum": (
        swap(ORDERS, '        maximum: "Five years"\n', ""),
        ORDERS,
        "maximum is missing",
    ),
    "two powers for one day": (
        swap(ORDERS, "valid_to: 2020-11-30", "valid_to: 2020-12-31"),
        ORDERS,
        "two powers for one day",
    ),
    "a promise of an arrest": (
        swap(ORDERS, '    say:\n      - "', '    say:\n      - "He will be arrested. '),
        ORDERS,
        "that is for officers",
    ),
    "a power both never and sometimes attached": (
        swap(ORDERS, "power_attached: true", "power_attached: true\n    power_never: true"),
        ORDERS,
        "cannot be an attached one",
    ),
    "a part that a type does not have": (
        swap(ORDERS, "unverified: [valid_from]", "unverified: [moon]"),
        ORDERS,
        "unverified",
    ),
    "a state that nobody wrote": (
        swap(RESPONSES, "  - state: stood_down", "  - state: diverted"),
        RESPONSES,
        "the state stood_down is written 0 times",
    ),
    "a task for a role that does not exist": (
        swap(RESPONSES, "role: dispatcher, within: 2", "role: nobody, within: 2"),
        RESPONSES,
        "no role nobody",
    ),
    "a search that starts on an indicator that does not exist": (
        swap(RESPONSES, "started_by: [arrest-asked]", "started_by: [no-such]"),
        RESPONSES,
        "no indicator no-such",
    ),
    "an escalation to nobody": (
        swap(ESCALATIONS, "tell: duty-inspector", "tell: nobody"),
        ESCALATIONS,
        "no role nobody",
    ),
    "an escalation that cannot be filled": (
        swap(ESCALATIONS, "{grade}, and nobody can go", "{score}, and nobody can go"),
        ESCALATIONS,
        "no value for {score}",
    ),
    "an escalation with a brace too many": (
        swap(ESCALATIONS, "{grade}, and nobody can go", "grade}, and nobody can go"),
        ESCALATIONS,
        "a brace too many",
    ),
    "one escalation twice": (
        swap(ESCALATIONS, "id: priority-unassigned", "id: immediate-unassigned"),
        ESCALATIONS,
        "used 2 times",
    ),
    "a time to set somebody to a grade that does not exist": (
        swap(SCHEME, "{grade: I, minutes: 4", "{grade: Z, minutes: 4"),
        SCHEME,
        "no grade Z",
    ),
    "a change of shift at no time of day": (
        swap(SCHEME, 'changes: ["07:00"', 'changes: ["27:00"'),
        SCHEME,
        "changes",
    ),
    "a date that is none": (
        swap(ORDERS, "valid_from: 2007-07-01", "valid_from: 2007-02-30"),
        ORDERS,
        "valid_from",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_fault_is_named_with_file_and_line(name: str, pack: Path) -> None:
    edit, file, words = BROKEN[name]
    edit(pack)

    with pytest.raises(BadInputs) as caught:
        load(pack, "national")

    mine = [f for f in caught.value.faults if words in str(f)]
    assert mine, str(caught.value)
    where = mine[0].where
    assert where.startswith(Path(file).name)
    if words not in ("this file is missing", "UTF-8"):
        line = int(where.rsplit(":", 1)[1])
        lines = (pack / file).read_text(encoding="utf-8").count("\n") + 1
        assert 1 <= line <= lines
    assert "Traceback" not in str(caught.value)


def test_the_line_is_the_line(pack: Path) -> None:
    text = (pack / WARNINGS).read_text(encoding="utf-8")
    (pack / WARNINGS).write_text(
        text.replace("    floor: immediate", "    flor: immediate", 1), encoding="utf-8"
    )
    expected = 1 + (pack / WARNINGS).read_text(encoding="utf-8").split("    flor")[0].count("\n")
    with pytest.raises(BadInputs) as caught:
        load(pack, "national")
    assert [f.where for f in caught.value.faults] == [f"warnings.yaml:{expected}"]


def test_all_faults_of_all_files_are_told_at_once(pack: Path) -> None:
    for edit in (
        swap(WARNINGS, "    floor: immediate", "    flor: immediate"),
        swap(QUESTIONS, "part: risk", "part: luck"),
        swap(SCHEME, "target_minutes: 15", "target_minutes: soon"),
        swap(TYPES, 'name: "Violence"', "name: 55"),
        gone(ORDERS),
    ):
        edit(pack)
    with pytest.raises(BadInputs) as caught:
        load(pack, "national")
    files = {f.where.split(":")[0] for f in caught.value.faults}
    assert files == {"warnings.yaml", "questions.yaml", "national.yaml", "types.yaml", "orders.yaml"}


def test_all_faults_of_meaning_are_told_at_once(pack: Path) -> None:
    rule("{present: {indicators: [no-such]}}", sentence="Told {moon}", settles="[]")(pack)
    swap(GATES, "gate: rationale_and_agreement", "gate: reason")(pack)
    swap(SCHEME, "band: immediate", "band: priority")(pack)
    with pytest.raises(BadInputs) as caught:
        load(pack, "national")
    assert len(caught.value.faults) == 5


def test_a_stricter_gate_is_a_forces_own_choice(pack: Path) -> None:
    swap(GATES, "gate: reason", "gate: rationale")(pack)
    assert load(pack, "national").gates.cases[3].gate == "rationale"


def test_a_list_of_response_states_is_a_list(pack: Path) -> None:
    rule(FEAR, more="settled_by_response: [assigned]\n    settled_by_response_of: suspect")(pack)
    found = load(pack, "national").warnings["a-new-rule"]
    assert [s.value for s in found.settled_by_response] == ["assigned"]
    assert found.settled_by_response_of == "suspect"
