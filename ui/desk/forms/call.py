"""The forms of a call: taken, rung back, how the caller can speak."""

from typing import TYPE_CHECKING

from callhandler.model.incident import CallOutcome
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.forms.field import Field
from ui.desk.forms.offers import Offers
from ui.desk.forms.values import fixed

if TYPE_CHECKING:
    from ui.desk.forms.forms import Forms


def add_call_forms(forms: "Forms", desk: DeskController, offers: Offers) -> None:
    """A call that is taken, one rung back, and how the caller can speak."""
    app, policy, actor = desk.app, desk.app.policy, desk.actor
    types = fixed([(t.id, t.name) for t in policy.pack.types])
    outcomes = fixed([(o.value, tr(o.value.replace("_", " ").capitalize())) for o in CallOutcome])
    manners = fixed([(m.id, m.name) for m in policy.pack.manners])
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
    forms.add(
        "manner",
        tr("How the caller can speak"),
        "Ctrl+Y",
        tr("Only questions fit for it are up then. It is of this call; the next one shows it as last time."),
        [
            Field("manner", tr("How"), manners, stretch=2),
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
