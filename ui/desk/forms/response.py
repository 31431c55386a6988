"""The forms about the response: its state, the suspect, what is offered, the plan, promises, what is acknowledged."""

from typing import TYPE_CHECKING

from callhandler.model.incident import ResponseState, Target
from callhandler.model.safety import Alone, Ended, Offered
from ui.common import words
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.forms.field import FIRST, Field
from ui.desk.forms.offers import Offers
from ui.desk.forms.response_offers import ResponseOffers

if TYPE_CHECKING:
    from ui.desk.forms.forms import Forms


def offered_words(outcome: Offered) -> str:
    """What became of an offer, in a word."""
    return {
        Offered.OFFERED: tr("Offered"),
        Offered.ACCEPTED: tr("Accepted"),
        Offered.REFUSED: tr("Refused"),
    }[outcome]


def alone_words(alone: Alone) -> str:
    """Whether she was alone, as it was recorded."""
    return {
        Alone.YES: tr("alone"),
        Alone.NO: tr("others could hear"),
        Alone.UNKNOWN: tr("alone or not: not asked"),
    }[alone]


def add_response_forms(forms: "Forms", desk: DeskController, _offers: Offers) -> None:
    """Add the forms about the response."""
    app, actor, policy = desk.app, desk.actor, desk.app.policy
    offers = ResponseOffers(desk)
    states = [(s.value, words.state(s)) for s in ResponseState]
    searches = [(s.state.value, s.suspect) for s in policy.responses.states]
    targets = [
        (Target.AT_RISK.value, tr("Person at risk")),
        (Target.SUSPECT.value, tr("Suspect, to be found")),
    ]
    meanwhile = [(a.id, f"{a.name}: {a.say}") for a in policy.responses.alternatives]
    asked = "; ".join(f"{a.name}: {a.asks.lower()}" for a in policy.responses.alternatives if a.asks)
    outcomes = [(o.value, offered_words(o)) for o in Offered]
    heard = [(a.value, alone_words(a).capitalize()) for a in Alone]
    ended = [(Ended.KEPT.value, tr("Kept")), (Ended.CHANGED.value, tr("Changed, and she was told"))]

    forms.add(
        "response",
        tr("Response"),
        "Ctrl+R",
        tr("Who can go, or who looks for the suspect, and how far they have got. Never a grade."),
        [
            Field("state", tr("State"), lambda: states),
            Field("target", tr("For whom"), lambda: targets, Target.AT_RISK.value),
            Field("note", tr("Note: which unit, by whom, why"), stretch=4),
        ],
        ("state", "target"),
        lambda i, v: app.progress.respond(
            actor, i, ResponseState(v["state"]), Target(v["target"]), v["note"]
        ),
    )
    forms.add(
        "suspect",
        tr("The suspect: look for him"),
        "Ctrl+Shift+S",
        tr("He need not wait until she is seen. The first state opens his tasks, each with owner and clock."),
        [
            Field("state", tr("How far the search has got"), lambda: searches, FIRST, stretch=3),
            Field("note", tr("Note: which unit, where, what was found"), stretch=4),
        ],
        ("state",),
        lambda i, v: app.progress.respond(actor, i, ResponseState(v["state"]), Target.SUSPECT, v["note"]),
    )
    forms.add(
        "meanwhile",
        tr("Offered while nobody can go"),
        "Alt+M",
        tr("What she takes and what she refuses, and why. It settles nothing. {asked}").format(asked=asked),
        [
            Field("code", tr("What is offered"), lambda: meanwhile, stretch=4),
            Field("outcome", tr("Offered, accepted or refused"), lambda: outcomes, Offered.OFFERED.value),
            Field("details", tr("Found out first: way in, who meets her"), stretch=2),
            Field("words", tr("In her words; a refusal says why"), stretch=3),
        ],
        ("code", "outcome"),
        lambda i, v: app.safety.offer(actor, i, v["code"], Offered(v["outcome"]), v["words"], v["details"]),
    )
    forms.add(
        "plan",
        tr("Interim safety plan"),
        "Ctrl+Shift+I",
        tr("What holds until somebody comes. The grade and the floor stay as they are."),
        [
            Field("until", tr("Until: 21:30, 8pm, 45 min")),
            Field("agreed", tr("What was agreed"), stretch=4),
            Field("with", tr("With whom"), offers.people, free=True, preset=offers.caller),
            Field("alone", tr("Alone?"), lambda: heard, Alone.UNKNOWN.value),
        ],
        ("until", "agreed", "with", "alone"),
        lambda i, v: app.safety.plan(
            actor, i, v["until"], v["agreed"], offers.name_of(v["with"]), Alone(v["alone"])
        ),
    )
    forms.add(
        "promise",
        tr("Promised to the caller"),
        "Ctrl+Shift+Y",
        tr("Its clock runs here; when it is broken the supervisor is told. Words with a time need no other."),
        [
            Field("words", tr("What was promised"), preset=offers.promise_heard, stretch=4),
            Field("until", tr("By when, if the words do not say: 21:30, 45 min"), stretch=2),
        ],
        ("words",),
        lambda i, v: app.safety.promise(actor, i, v["words"], v["until"]),
    )
    forms.add(
        "promise_end",
        tr("Promise kept, or changed"),
        "Ctrl+Shift+E",
        tr("Changed: she was told before, with another time or that there is none."),
        [
            Field("promise", tr("Promise"), offers.promises, FIRST, stretch=3),
            Field("ended", tr("Kept or changed"), lambda: ended, stretch=2),
            Field("words", tr("What she was told"), stretch=3),
        ],
        ("promise", "ended", "words"),
        lambda i, v: app.safety.end_promise(actor, i, int(v["promise"]), Ended(v["ended"]), v["words"]),
    )
    forms.add(
        "acknowledge",
        tr("Acknowledge an escalation or a list"),
        "Ctrl+Shift+K",
        tr("Who answered, and what they do. It stays open until somebody has."),
        [
            Field("told", tr("What was escalated"), offers.escalated, FIRST, stretch=4),
            Field("named", tr("Who answered, if not you"), stretch=2),
            Field("words", tr("What they do"), stretch=3),
        ],
        ("told",),
        lambda i, v: app.escalations.acknowledge(
            actor, i, [int(t) for t in v["told"].split(",")], v["named"], v["words"]
        ),
    )
