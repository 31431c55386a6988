"""The forms of every route by which urgency could fall: seen or spoken to, put off, cancelled, put right, merged.

Each gives its values to the guarded service. What the guard still needs comes up in the rationale's place.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from callhandler.errors import BadInput
from callhandler.model.sameness import Sameness
from callhandler.services.contacts import Known, Met
from callhandler.services.dates import coming
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.offers import Offers
from ui.desk.order_forms import who
from ui.desk.strips import FIRST, Field

if TYPE_CHECKING:
    from ui.desk.forms import Forms

Values = dict[str, str]

NOBODY_NAMED = "unnamed"
SEEN, SPOKEN = "seen", "spoken_to"


def add_route_forms(forms: "Forms", desk: DeskController, offers: Offers) -> None:
    """Add them."""
    _seen_or_spoken_to(forms, desk, offers)
    _put_off(forms, desk)
    _put_right(forms, desk, offers)
    _one_or_two(forms, desk, offers)
    _same_or_not(forms, desk, offers)


def _seen_or_spoken_to(forms: "Forms", desk: DeskController, offers: Offers) -> None:
    app, actor, table = desk.app, desk.actor, desk.app.policy.pack.contacts
    alone = [("yes", tr("Alone")), ("no", tr("Not alone")), ("unknown", tr("Alone? Not known"))]
    free = [("yes", tr("Free to speak")), ("no", tr("Not free")), ("unknown", tr("Free? Not known"))]
    ways = [(SEEN, tr("Seen")), (SPOKEN, tr("Spoken to"))]

    def record(i: int, v: Values) -> object:
        person = v["person"]
        met = Met(
            person=None if person == NOBODY_NAMED else int(person.removeprefix("#")),
            how="seen" if v["how"] == SEEN else "spoken_to",
            identified=v["identified"],
            alone=cast(Known, v["alone"]),
            free=cast(Known, v["free"]),
            seen_by=v["seen_by"],
            by_name=v["by_name"],
            words=v["words"],
        )
        return app.contacts.record(actor, i, met)

    def confirmed(name: str, otherwise: str = "") -> Callable[[], str]:
        """What was confirmed already is offered, and may be changed; how she was identified and by whom by name never is."""
        return lambda: offers.half_met().get(name, otherwise)

    forms.add(
        "contact",
        tr("Seen or spoken to"),
        "Ctrl+S",
        tr("One for each person at risk. It settles nothing and lowers nothing; closing rests on it."),
        [
            Field("person", tr("Who"), offers.at_risk, FIRST, preset=confirmed("person", FIRST)),
            Field("how", tr("Seen or spoken to"), lambda: ways, preset=confirmed("how")),
            Field(
                "seen_by",
                tr("By whom"),
                lambda: [(c.id, c.name) for c in table.seen_by],
                preset=confirmed("seen_by"),
            ),
            Field("by_name", tr("That person's name or number")),
            Field("identified", tr("How identified"), lambda: [(c.id, c.name) for c in table.identified]),
            Field("alone", tr("Alone?"), lambda: alone, preset=confirmed("alone", "unknown")),
            Field("free", tr("Free to speak?"), lambda: free, preset=confirmed("free", "unknown")),
            Field("words", tr("What she said, or was seen"), stretch=4),
        ],
        ("person", "how", "seen_by", "by_name", "identified", "alone", "free"),
        record,
    )


def _put_off(forms: "Forms", desk: DeskController) -> None:
    app, actor = desk.app, desk.actor
    reason = Field("reason", tr("Reason"), stretch=4)
    forms.add(
        "appoint",
        tr("Appointment instead of a visit now"),
        "Alt+T",
        tr("It is a lowering: what it needs is asked for. Nobody free? Unresourced (F6) keeps the grade."),
        [Field("at", tr("When: 08:00, or day and time")), reason],
        ("at",),
        lambda i, v: app.endings.appoint(actor, i, coming(v["at"], app.office.clock.now()), v["reason"]),
    )
    forms.add(
        "cancel",
        tr("The caller asks to cancel"),
        "Alt+X",
        tr("Her asking is logged. Alone it closes nothing: she may be under pressure."),
        [Field("reason", tr("What she said"), stretch=4)],
        (),
        lambda i, v: app.endings.cancel(actor, i, v["reason"]),
    )


def _put_right(forms: "Forms", desk: DeskController, offers: Offers) -> None:
    app, actor = desk.app, desk.actor
    levels = [("standard", tr("Standard")), ("medium", tr("Medium")), ("high", tr("High"))]
    reason = Field("reason", tr("Reason"), stretch=3)
    forms.add(
        "retract",
        tr("Recorded in error: taken back"),
        "Ctrl+Shift+Z",
        tr(
            "A slip of the keyboard, not a change of mind: a denial is a line of its own (Ctrl+D). It stays on record."
        ),
        [Field("told", tr("What was recorded"), offers.told_here, stretch=3), reason],
        ("told", "reason"),
        lambda i, v: app.corrections.retract(actor, i, int(v["told"]), v["reason"]),
    )
    forms.add(
        "unlink",
        tr("Past incident does not belong here"),
        "Ctrl+Shift+U",
        tr("It stays rejected, with its reason, until somebody links it again."),
        [Field("linked", tr("Past incident"), offers.linked, stretch=3), reason],
        ("linked", "reason"),
        lambda i, v: app.corrections.reject_link(actor, i, int(v["linked"]), v["reason"]),
    )
    forms.add(
        "relink",
        tr("Past incident belongs here after all"),
        "Alt+R",
        tr("It undoes a rejection, and asks nothing."),
        [Field("linked", tr("Past incident"), offers.rejected, FIRST, stretch=3), reason],
        ("linked",),
        lambda i, v: app.corrections.link(actor, i, int(v["linked"]), v["reason"]),
    )
    forms.add(
        "risk",
        tr("Level of risk"),
        "Ctrl+Shift+V",
        tr("Higher is recorded at once. Lower needs what any lowering needs."),
        [
            Field("person", tr("Whose"), offers.hers, preset=offers.first_at_risk),
            Field("level", tr("Level"), lambda: levels),
            reason,
        ],
        ("person", "level"),
        lambda i, v: app.corrections.risk_level(actor, i, _numbered(v["person"]), v["level"], v["reason"]),
    )


def _one_or_two(forms: "Forms", desk: DeskController, offers: Offers) -> None:
    app, actor = desk.app, desk.actor
    forms.add(
        "merge",
        tr("Same as another incident: merge into it"),
        "Ctrl+Shift+J",
        tr("Its warnings go with it; the other's grade stands. It can be parted again."),
        [
            Field("into", tr("The other incident"), offers.other_open, stretch=3),
            Field("reason", tr("Why it is the same"), stretch=3),
        ],
        ("into", "reason"),
        lambda i, v: app.merges.merge(actor, i, int(v["into"]), v["reason"]),
    )
    forms.add(
        "part",
        tr("Not the same after all: part it again"),
        "Alt+J",
        tr("It is its own again, at the grade it had. Asks nothing but why."),
        [Field("reason", tr("Reason"), stretch=4)],
        ("reason",),
        lambda i, v: app.merges.part(actor, i, v["reason"]),
    )


def _same_or_not(forms: "Forms", desk: DeskController, offers: Offers) -> None:
    app, actor = desk.app, desk.actor
    verdicts = [(Sameness.SAME.value, tr("the same")), (Sameness.NOT_SAME.value, tr("not the same"))]

    def judge(i: int, v: Values) -> object:
        (kind, one), (also, other) = (v[name].partition(":")[::2] for name in ("one", "other"))
        if kind != also:
            raise BadInput(tr("Choose two people, or two places."), "other")
        does = app.judgements.same if v["verdict"] == Sameness.SAME else app.judgements.not_same
        return does(actor, i, kind, int(one), int(other), v["reason"])

    forms.add(
        "same_as",
        tr("Same person or place, or not"),
        "Alt+D",
        tr(
            "The same: each one's history is read for both. It can be undone (Alt+Z). Not the same keeps them apart."
        ),
        [
            Field("one", tr("This record"), offers.records, FIRST, stretch=3),
            Field("verdict", tr("Same or not"), lambda: verdicts, Sameness.SAME.value),
            Field("other", tr("As this record"), offers.records, stretch=3),
            Field("reason", tr("Reason"), stretch=3),
        ],
        ("one", "verdict", "other"),
        judge,
    )
    forms.add(
        "unjudge",
        tr("Undo: same or not the same"),
        "Alt+Z",
        tr("Nothing is said of the two any longer. What that takes away is asked for as for any lowering."),
        [
            Field("judgement", tr("What was judged"), offers.judged, FIRST, stretch=4),
            Field("reason", tr("Reason"), stretch=3),
        ],
        ("judgement", "reason"),
        lambda i, v: app.judgements.undo(actor, i, int(v["judgement"]), v["reason"]),
    )


def _numbered(value: str) -> int:
    person = who(value)
    if not isinstance(person, int):
        raise BadInput(tr("Choose somebody who is named in this incident."), "person")
    return person
