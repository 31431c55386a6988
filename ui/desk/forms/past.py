"""The forms of what belongs together: past incidents linked or not, and two open incidents that are one."""

from typing import TYPE_CHECKING

from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.forms.field import FIRST, Field
from ui.desk.forms.offers import Offers

if TYPE_CHECKING:
    from ui.desk.forms.forms import Forms


def add_past_forms(forms: "Forms", desk: DeskController, offers: Offers) -> None:
    """What belongs here, and what does not."""
    app, actor = desk.app, desk.actor
    reason = Field("reason", tr("Reason"), stretch=3)

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
