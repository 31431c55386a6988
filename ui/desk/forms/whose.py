"""The forms of whose an incident is: handed over, taken over, set aside, claimed; and those held open beside it."""

from typing import TYPE_CHECKING

from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.forms.field import Field
from ui.desk.forms.offers import Offers

if TYPE_CHECKING:
    from ui.desk.forms.forms import Forms


def add_whose_forms(forms: "Forms", desk: DeskController, _offers: Offers) -> None:
    """Whose it is, and which incident is in front."""
    app, actor = desk.app, desk.actor

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
