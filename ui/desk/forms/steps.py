"""The forms of what is done next: a step taken, a task done, what follows decided."""

from typing import TYPE_CHECKING

from callhandler.model.proposal import Consent, Decided
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.follows_panel import decided_words
from ui.desk.forms.field import FIRST, Field
from ui.desk.forms.offers import Offers
from ui.desk.forms.values import fixed, proposed

if TYPE_CHECKING:
    from ui.desk.forms.forms import Forms


def add_step_forms(forms: "Forms", desk: DeskController, offers: Offers) -> None:
    """What is done next, and by whom."""
    app, actor = desk.app, desk.actor
    decisions = fixed([(d.value, decided_words(d).capitalize()) for d in Decided])
    leaves = fixed(
        [
            (Consent.GIVEN.value, tr("She agrees")),
            (Consent.REFUSED.value, tr("She refuses")),
            (Consent.NOT_ASKED.value, tr("Not asked")),
        ]
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
        "task",
        tr("Task done"),
        "Ctrl+G",
        tr("What was open and is done now, and with what outcome."),
        [Field("task", tr("Task"), offers.tasks, stretch=3), Field("outcome", tr("Outcome"), stretch=3)],
        ("task", "outcome"),
        lambda i, v: app.progress.finish_task(actor, i, int(v["task"]), v["outcome"]),
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
