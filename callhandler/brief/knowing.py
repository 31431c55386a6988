"""What is known of a matter from several places: answers to questions, disclosures, markers, ties to places."""

import re
from collections.abc import Iterator

from callhandler.brief.content import Line
from callhandler.brief.facts import Facts, plain
from callhandler.model.facts import Reply
from callhandler.policy.papers import Gathered

REPLIES = {
    Reply.YES: "yes",
    Reply.NO: "no",
    Reply.NOT_KNOWN: "not known",
    Reply.DECLINED: "declined to say",
    Reply.LATER: "to be asked again",
}


def answered(facts: Facts, gathered: Gathered) -> Iterator[Line]:
    """What was answered and told in this incident of a matter, in the order of the policy."""
    replies = {a.question: a for a in facts.picture.answers if a.incident_id == facts.picture.here}
    said: set[str] = set()
    for question in gathered.questions:
        answer = replies.get(question)
        entry = facts.policy.questions.get(question)
        if answer is None or entry is None:
            continue
        words = f": “{answer.words}”" if answer.words else ""
        said.add(answer.words)
        yield Line(f"{entry.ask} {REPLIES[answer.reply].capitalize()}{words}")
    for told in facts.told(*gathered.indicators):
        if told.words in said:
            continue
        said.add(told.words)
        entry_told = facts.policy.indicators.get(told.indicator)
        name = entry_told.name if entry_told else plain(told.indicator)
        yield Line(f"“{told.words}”" if told.words else "told of", label=f"{name}:")


def marked(
    facts: Facts, gathered: Gathered, people: tuple[int, ...], places: tuple[int, ...]
) -> Iterator[Line]:
    """Markers of these people and places that are about the matter; without words to look for, all of them."""
    wanted = set(gathered.markers)
    for marker in facts.picture.markers:
        theirs = (marker.subject == "person" and marker.subject_id in people) or (
            marker.subject == "place" and marker.subject_id in places
        )
        words = set(re.findall(r"\w+", f"{marker.code} {marker.text}".casefold()))
        if theirs and (not wanted or wanted & words):
            told = "" if marker.told == "yes" else f"; told to those concerned: {marker.told}"
            yield Line(
                marker.text, label=f"{plain(marker.code).capitalize()}:", rest=f"set by {marker.set_by}{told}"
            )


def places_of(facts: Facts, people: tuple[int, ...]) -> tuple[str, ...]:
    """Where these people live, work, stay or often are, the newest known first."""
    ties = [t for t in facts.picture.place_ties[::-1] if t.person_id in people]
    return tuple(dict.fromkeys(f"{facts.place_said(t.place_id)}, {plain(t.tie.value)}" for t in ties))
