"""The forms of what may lower a grade: another type, put off, cancelled. What the guard needs comes up in its own place."""

from typing import TYPE_CHECKING

from callhandler.services.dates import coming
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.forms.field import FIRST, Field
from ui.desk.forms.offers import Offers
from ui.desk.forms.values import recorded

if TYPE_CHECKING:
    from ui.desk.forms.forms import Forms


def add_grade_forms(forms: "Forms", desk: DeskController, offers: Offers) -> None:
    """Each gives its values to the guarded service."""
    app, actor = desk.app, desk.actor
    reason = Field("reason", tr("Reason"), stretch=4)

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
