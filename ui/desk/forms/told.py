"""The forms of what is told: told or denied, taken back, told only as a number, confirmed, followed up."""

from typing import TYPE_CHECKING

from callhandler.model.facts import Stance
from callhandler.services.telling import Told
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.forms.field import Field
from ui.desk.forms.offers import Offers
from ui.desk.forms.values import fixed, who, whole

if TYPE_CHECKING:
    from ui.desk.forms.forms import Forms


def add_told_forms(forms: "Forms", desk: DeskController, offers: Offers) -> None:
    """What somebody tells, and what becomes of it."""
    app, policy, actor = desk.app, desk.app.policy, desk.actor
    indicators = fixed([(i.id, i.name) for i in policy.pack.indicators])
    stances = fixed([(Stance.TOLD.value, tr("Told")), (Stance.DENIED.value, tr("Denied"))])
    facts = fixed([(c.id, c.name) for c in policy.pack.confirmations])
    sayers = fixed([(c.id, c.name) for c in policy.gates.said_by])
    checks = fixed([(c.id, c.name) for c in policy.gates.how_checked])
    subjects = fixed([("place", tr("A place")), ("person", tr("A person")), ("number", tr("A number"))])
    reason = Field("reason", tr("Reason"), stretch=3)
    said = Field("words", tr("In her words"), stretch=4)

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
