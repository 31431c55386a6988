"""The forms of who it is: named, with a vehicle, seen or spoken to, at what risk, and one with another record or not."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from callhandler.errors import BadInput
from callhandler.model.people import Role
from callhandler.model.sameness import Sameness
from callhandler.services.contacts import Known, Met
from ui.common import words
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.forms.field import FIRST, Field
from ui.desk.forms.offers import Offers
from ui.desk.forms.values import Values, fixed, named_here, who

if TYPE_CHECKING:
    from ui.desk.forms.forms import Forms

NOBODY_NAMED = "unnamed"
SEEN, SPOKEN = "seen", "spoken_to"


def add_who_forms(forms: "Forms", desk: DeskController, offers: Offers) -> None:
    """Who has a part in it, who was met, and which records are of one."""
    app, actor = desk.app, desk.actor
    roles = fixed([(r.value, words.role(r)) for r in Role])
    levels = [("standard", tr("Standard")), ("medium", tr("Medium")), ("high", tr("High"))]
    reason = Field("reason", tr("Reason"), stretch=3)
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
    _seen_or_spoken_to(forms, desk, offers)
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
        lambda i, v: app.corrections.risk_level(actor, i, named_here(v["person"]), v["level"], v["reason"]),
    )
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
