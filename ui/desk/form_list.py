"""Which forms the desk has: the fields of each, and which service its values go to."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from callhandler.errors import BadInput, Refused
from callhandler.model.facts import Stance
from callhandler.model.incident import CallOutcome
from callhandler.model.location import PlaceBasis
from callhandler.model.people import Role
from callhandler.model.proposal import Consent, Decided, ProposalKind
from callhandler.services.door import Outcome
from callhandler.services.telling import Told
from ui.common import words
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.follows_panel import decided_words
from ui.desk.offers import Offers
from ui.desk.order_forms import add_order_forms, who
from ui.desk.response_forms import add_response_forms
from ui.desk.route_forms import add_route_forms
from ui.desk.strips import FIRST, Field
from ui.desk.transfer_forms import add_transfer_forms
from ui.papers.forms import add_paper_forms

if TYPE_CHECKING:
    from ui.desk.forms import Forms


def whole(text: str) -> int:
    """A count as it is typed. Raises BadInput when it is no whole number from nought."""
    if not (text.isascii() and text.isdigit()):
        raise BadInput(f"“{text}” is not a whole number; write it in figures.", "How many")
    return int(text)


def proposed(values: dict[str, str]) -> dict[str, Any]:
    """What the form of what follows holds, as the service takes it."""
    kind, code, where = values["follows"].split("|")
    return {
        "kind": ProposalKind(kind),
        "code": code,
        "older": where == "older",
        "decided": Decided(values["decided"]),
        "owner": values["owner"],
        "consent": Consent(values["consent"]) if values["consent"] else None,
        "reason": values["reason"],
    }


def recorded(outcome: Outcome) -> Outcome:
    """What became of an act that the guard may refuse. Raises Refused with what it needs: nothing shows as saved before."""
    if not outcome.accepted:
        raise Refused(
            tr("Not recorded: warnings rest on this. {needs}").format(
                needs=" ".join(need.sentence for need in outcome.needs)
            ),
            [need.code for need in outcome.needs],
        )
    return outcome


def add_forms(forms: "Forms", desk: DeskController) -> None:
    """Add every form of the desk."""
    app, policy, actor = desk.app, desk.app.policy, desk.actor

    offers = Offers(desk)

    def fixed(pairs: list[tuple[str, str]]) -> Callable[[], list[tuple[str, str]]]:
        return lambda: pairs

    indicators = fixed([(i.id, i.name) for i in policy.pack.indicators])
    types = fixed([(t.id, t.name) for t in policy.pack.types])
    rooms = fixed([(r, r) for r in policy.scheme.rooms])
    outcomes = fixed([(o.value, tr(o.value.replace("_", " ").capitalize())) for o in CallOutcome])

    def rooms_waiting() -> list[tuple[str, str]]:
        return list(dict.fromkeys([*offers.rooms_waiting(), *rooms()]))

    stances = fixed([(Stance.TOLD.value, tr("Told")), (Stance.DENIED.value, tr("Denied"))])
    facts = fixed([(c.id, c.name) for c in policy.pack.confirmations])
    sayers = fixed([(c.id, c.name) for c in policy.gates.said_by])
    checks = fixed([(c.id, c.name) for c in policy.gates.how_checked])
    subjects = fixed([("place", tr("A place")), ("person", tr("A person")), ("number", tr("A number"))])
    decisions = fixed([(d.value, decided_words(d).capitalize()) for d in Decided])
    leaves = fixed(
        [
            (Consent.GIVEN.value, tr("She agrees")),
            (Consent.REFUSED.value, tr("She refuses")),
            (Consent.NOT_ASKED.value, tr("Not asked")),
        ]
    )
    roles = fixed([(r.value, words.role(r)) for r in Role])
    bases = fixed(
        [
            (PlaceBasis.THERE.value, tr("The caller says it, and is there")),
            (PlaceBasis.ABOUT.value, tr("The caller says it, and rings from elsewhere")),
            (PlaceBasis.ASSUMED.value, tr("Nobody said it: assumed for now")),
        ]
    )
    said = Field("words", tr("In her words"), stretch=4)

    forms.add(
        "call",
        tr("New call"),
        "Ctrl+N",
        tr("What it would join is shown below as you type."),
        [
            Field("number", tr("Number")),
            Field("name", tr("Name")),
            Field("place", tr("Place"), offers.places, free=True),
            Field("type", tr("Type"), types),
            said,
            Field("born", tr("Born Alt+Shift+B")),
        ],
    )
    forms.add(
        "tell",
        tr("She tells"),
        "Ctrl+D",
        tr("Type any part of what it is. A denial cancels nothing."),
        [
            Field("indicator", tr("What is told"), indicators, stretch=3),
            Field("about", tr("About whom"), offers.people, free=True, preset=offers.only_suspect),
            Field("harmed", tr("Who is harmed"), offers.people, free=True),
            Field("stance", tr("Told or denied"), stances, "told"),
            said,
        ],
        ("indicator", "words"),
        lambda i, v: app.telling.tell(
            actor,
            i,
            Told(
                v["indicator"],
                v["words"],
                about=who(v["about"]),
                harmed=who(v["harmed"]),
                stance=Stance(v["stance"] or "told"),
            ),
        ),
    )
    add_order_forms(forms, desk, offers)
    forms.add(
        "move",
        tr("Moves"),
        "Ctrl+M",
        tr("Number, grade, clock and warnings stay as they are."),
        [
            Field("to", tr("Now at"), offers.places, free=True),
            Field("going", tr("Going to"), offers.places, free=True),
            Field("room", tr("Sent to room"), rooms, free=True),
        ],
        (),
        lambda i, v: app.whereabouts.move(actor, i, v["to"], v["going"], v["room"]),
    )
    forms.add(
        "where",
        tr("Which place it is"),
        "Ctrl+Shift+W",
        tr("The caller says the address; never read one out. Nothing is overwritten."),
        [
            Field("place", tr("Place"), offers.candidates, free=True, stretch=3),
            Field("basis", tr("Who says so"), bases, stretch=2),
        ],
        ("place", "basis"),
        lambda i, v: app.whereabouts.choose(actor, i, v["place"], PlaceBasis(v["basis"])),
    )
    forms.add(
        "back",
        tr("Rang back"),
        "Ctrl+B",
        tr("No answer is never reassurance."),
        [
            Field("outcome", tr("What came of it"), outcomes, "no_answer"),
            Field("number", tr("Number")),
            said,
        ],
        ("outcome",),
        lambda i, v: app.calls.ring_back(actor, i, CallOutcome(v["outcome"]), v["number"], v["words"]),
    )
    add_response_forms(forms, desk)
    add_transfer_forms(forms, desk)
    forms.add(
        "received",
        tr("Move received by the other room"),
        "Ctrl+Shift+M",
        tr("Until it is received both rooms have it."),
        [Field("room", tr("Received by room"), rooms_waiting, free=True, stretch=3)],
        ("room",),
        lambda i, v: app.whereabouts.acknowledge(actor, i, v["room"]),
    )
    forms.add(
        "confirm",
        tr("Confirmed"),
        "Ctrl+F",
        tr("Only what somebody saw or checked settles a warning. The grade stays."),
        [
            Field("fact", tr("What is confirmed"), facts, stretch=3),
            Field("about", tr("About whom"), offers.people, free=True),
            Field("who", tr("Who says so"), sayers),
            Field("how", tr("How checked"), checks),
            Field("words", tr("Words")),
        ],
        ("fact", "who", "how"),
        lambda i, v: app.progress.confirm(
            actor, i, v["fact"], v["who"], v["how"], who(v["about"]), v["words"]
        ),
    )
    forms.add(
        "party",
        tr("Somebody named"),
        "Ctrl+P",
        tr("History known about this person joins the picture."),
        [Field("person", tr("Who"), offers.people, free=True), Field("role", tr("Role"), roles)],
        ("person", "role"),
        lambda i, v: app.telling.name_party(actor, i, who(v["person"]), Role(v["role"])),
    )
    forms.add(
        "vehicle",
        tr("Vehicle seen or named"),
        "Ctrl+Alt+V",
        tr("Other incidents with this registration join the picture; who drove is not known by it."),
        [
            Field("registration", tr("Registration")),
            Field("description", tr("Make, colour, who was in it"), stretch=4),
        ],
        (),
        lambda i, v: app.telling.name_vehicle(actor, i, v["registration"], v["description"]),
    )
    forms.add(
        "task",
        tr("Task done"),
        "Ctrl+G",
        tr("What was open and is done now, and with what outcome."),
        [Field("task", tr("Task"), offers.tasks, stretch=3), Field("outcome", tr("Outcome"), stretch=3)],
        ("task", "outcome"),
        lambda i, v: app.progress.finish_task(actor, i, int(v["task"]), v["outcome"]),
    )
    forms.add(
        "step",
        tr("Step taken"),
        "Ctrl+E",
        tr("It is logged with what came of it, and the next step comes up. It settles nothing by itself."),
        [
            Field("step", tr("Step"), offers.steps, FIRST, stretch=3),
            Field("outcome", tr("What came of it"), stretch=3),
        ],
        ("step",),
        lambda i, v: app.progress.take_step(
            actor, i, v["step"].partition("|")[0], v["step"].partition("|")[2], v["outcome"]
        ),
    )
    forms.add(
        "manner",
        tr("How the caller can speak"),
        "Ctrl+Y",
        tr("Only questions fit for it are up then. It is of this call; the next one shows it as last time."),
        [
            Field("manner", tr("How"), fixed([(m.id, m.name) for m in policy.pack.manners]), stretch=2),
            Field("note", tr("Language, code or who listens"), stretch=3),
        ],
        ("manner",),
        lambda i, v: app.telling.speaks(actor, i, v["manner"], v["note"]),
    )
    for manner in policy.pack.manners:
        forms.command(
            f"manner_{manner.id}",
            tr("Caller: {manner}").format(manner=manner.name),
            manner.key,
            lambda m=manner.id: desk.speaks(m),  # type: ignore[misc]
        )
    forms.add(
        "follow",
        tr("Followed up"),
        "Ctrl+L",
        tr("What was told stays open until this is recorded."),
        [
            Field("told", tr("What was told"), offers.disclosures, stretch=3),
            Field("text", tr("How it was followed up"), stretch=3),
        ],
        ("told", "text"),
        lambda i, v: app.progress.follow_up(actor, i, [int(v["told"])], v["text"]),
    )
    forms.add(
        "count",
        tr("Told only as a number"),
        "Ctrl+Shift+N",
        tr("A count is not a history: what was not opened is not known."),
        [
            Field("on", tr("Logged to"), subjects, "place"),
            Field("subject", tr("Which"), offers.subjects, free=True),
            Field("number", tr("How many")),
            Field("counted", tr("Of what"), default=tr("logs")),
            Field("span", tr("Over what time"), default=tr("not told")),
            Field("source", tr("Told by")),
        ],
        ("on", "subject", "number", "counted", "span", "source"),
        lambda i, v: app.telling.count_only(
            actor,
            i,
            v["on"],  # type: ignore[arg-type]
            v["subject"],
            whole(v["number"]),
            v["counted"],
            v["span"],
            v["source"],
        ),
    )
    forms.add(
        "follows",
        tr("Decide what follows"),
        "Ctrl+Shift+D",
        tr("Taken, or not and why. Who has it then is named; the grade stays."),
        [
            Field("follows", tr("What may follow"), offers.follows, FIRST, stretch=4),
            Field("decided", tr("Taken or not"), decisions, Decided.TAKEN.value),
            Field("consent", tr("Her leave"), leaves),
            Field("owner", tr("Who has it"), stretch=2),
            Field("reason", tr("Reason"), stretch=3),
        ],
        ("follows", "decided"),
        lambda i, v: app.proposals.decide(actor, i, **proposed(v)),
    )
    forms.add(
        "type",
        tr("Type and qualifiers"),
        "Ctrl+Shift+T",
        tr("Several qualifiers are parted by a semicolon. Warnings raised under the old type stay."),
        [
            Field("type", tr("Type"), offers.types, FIRST),
            Field("qualifiers", tr("Qualifiers"), offers.qualifiers, stretch=3, free=True),
            Field("reason", tr("Reason"), stretch=3),
        ],
        ("type",),
        lambda i, v: recorded(
            app.corrections.retype(actor, i, v["type"], v["reason"], v["qualifiers"].split(";"))
        ),
    )
    add_paper_forms(forms, desk, offers)
    add_route_forms(forms, desk, offers)
    forms.add(
        "hand_over",
        tr("Hand over to another user"),
        "Ctrl+Shift+H",
        tr("The log names who has it then. The clocks run on."),
        [Field("name", tr("User name")), Field("reason", tr("Reason"), stretch=4)],
        ("name", "reason"),
        lambda i, v: app.owners.hand_over(actor, i, v["name"], v["reason"]),
    )
    forms.add(
        "take_over",
        tr("Take over, with a reason"),
        "Ctrl+Shift+O",
        tr("Whoever has it now reads the reason."),
        [Field("reason", tr("Reason"), stretch=4)],
        ("reason",),
        lambda i, v: app.owners.take_over(actor, i, v["reason"]),
    )
    forms.add(
        "park",
        tr("Park: set aside for another call"),
        "Ctrl+Shift+P",
        tr("It stays yours and on the board; its clocks run on."),
        [Field("reason", tr("Reason, if any"), stretch=4)],
        (),
        lambda i, v: app.owners.park(actor, i, v["reason"]),
    )
    forms.command("resume", tr("Resume what was parked"), "Ctrl+Shift+R", desk.resume)
    forms.command("claim", tr("Claim an incident that nobody has"), "Ctrl+Shift+C", desk.claim)
    forms.command(
        "next_held",
        tr("Next incident held open (Ctrl+Shift+1 to 9: by number)"),
        "Ctrl+Tab",
        lambda: desk.step(1),
    )
    forms.command("held_before", tr("Incident held open before"), "Ctrl+Shift+Tab", lambda: desk.step(-1))
