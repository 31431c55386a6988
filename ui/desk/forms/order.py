"""The forms about civil orders: told of, what it forbids, what was learned, a copy attached, checked."""

from pathlib import Path
from typing import TYPE_CHECKING

from callhandler.errors import BadInput
from callhandler.model.order import Learned
from callhandler.services.dates import day_of, end_of
from callhandler.services.order_told import Checked, TermTold
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.forms.field import FIRST, Field
from ui.desk.forms.offers import Offers
from ui.desk.forms.values import Values, who
from ui.desk.order_help import OrderHelp, terms_of
from ui.desk.order_words import learned

if TYPE_CHECKING:
    from ui.desk.forms.forms import Forms

KNOWS = (
    (Learned.SERVED, "s"),
    (Learned.AWARE, "t"),
    (Learned.PRESENT, "c"),
    (Learned.OWN_WORDS, "w"),
    (Learned.NOT_SERVED, "n"),
)
"""One key for each answer to `served or told?`; nothing typed is nothing said."""


def add_order_forms(forms: "Forms", desk: DeskController, offers: Offers) -> None:
    """Add the forms about orders."""
    app, actor, policy = desk.app, desk.actor, desk.app.policy
    types = [(o.id, o.name) for o in policy.pack.orders]
    kinds = [(t.id, f"{t.key} {t.name}") for t in policy.pack.terms]
    knows = [(k.value, f"{key} {learned(k)}") for k, key in KNOWS]
    facts = [(f.value, learned(f)) for f in Learned if f is not Learned.COPY]
    checked = [("no", tr("Told")), ("yes", tr("Checked"))]
    yes_no = [("yes", tr("Yes")), ("no", tr("No"))]
    order = Field("order", tr("Order"), offers.orders, stretch=2, preset=offers.order_in_sight)

    def declare(i: int, v: Values) -> object:
        terms, unknown = terms_of(v["terms"], policy)
        if unknown:
            raise BadInput(tr("No term has the key {keys}.").format(keys=", ".join(unknown)), "terms")
        return app.orders.declare(
            actor,
            i,
            v["type"],
            who(v["protected"]),
            who(v["respondent"]),
            v["words"],
            terms=[t.id for t in terms],
            knows=v["knows"],
        )

    def forbid(i: int, v: Values) -> object:
        now = app.office.clock.now()
        metres = v["metres"].casefold().removesuffix("metres").removesuffix("m").strip()
        if metres and not metres.isdigit():
            raise BadInput(tr("A distance is a number of metres, such as 100."), "metres")
        term = TermTold(
            kind=v["kind"],
            text=v["words"],
            place=v["place"],
            metres=int(metres) if metres else None,
            exceptions=v["exceptions"],
            expires=end_of(v["until"], now),
            arrest_power=v["power"] or "unknown",
            verified=v["checked"] == "yes",
            said_by=tr("a copy or the court") if v["checked"] == "yes" else tr("the caller"),
        )
        return app.orders.forbid(actor, i, int(v["order"]), term)

    def learn(i: int, v: Values) -> object:
        now = app.office.clock.now()
        return app.orders.learn(
            actor,
            i,
            int(v["order"]),
            v["fact"],
            v["who"],
            verified=v["checked"] == "yes",
            words=v["words"],
            at=day_of(v["at"], now),
            until=end_of(v["until"], now),
        )

    def check(i: int, v: Values) -> object:
        now = app.office.clock.now()
        seen = Checked(
            said_by=v["who"],
            court=v["court"],
            made=day_of(v["made"], now),
            until=end_of(v["until"], now),
            notice=v["notice"],
            whole=v["whole"] == "yes",
        )
        return app.orders.check(actor, i, int(v["order"]), seen)

    def attach(i: int, v: Values) -> object:
        path = Path(v["path"].strip().strip('"').removeprefix("file://"))
        try:
            content = path.read_bytes()
        except OSError as error:
            raise BadInput(
                tr("{name} cannot be read: {why}.").format(
                    name=path.name, why=error.strerror or tr("no file")
                ),
                "copy",
            ) from error
        return app.orders.attach(actor, i, int(v["order"]), path.name, content, v["who"])

    def save(i: int, v: Values) -> object:
        view = app.desk.view(actor, i)
        copies = [c for o in view.orders for c in o.standing.order.copies if str(c.id) == v["copy"]]
        target = Path(v["path"].strip().strip('"'))
        if not copies:
            raise BadInput(tr("This copy is not kept here."), "copy")
        try:
            with target.open("xb") as file:
                file.write(app.orders.read_copy(actor, copies[0]))
        except OSError as error:
            why = error.strerror or tr("it cannot be written")
            raise BadInput(tr("{name}: {why}.").format(name=target.name, why=why), "copy") from error
        return None

    forms.add(
        "order",
        tr("Order told of"),
        "Ctrl+O",
        tr("It counts as live from this moment, copy or no copy."),
        [
            Field("words", tr("In her words"), stretch=4),
            Field(
                "respondent", tr("Against"), offers.suspects, free=True, preset=offers.first_suspect, led=True
            ),
            Field("knows", tr("Served or told?"), lambda: knows),
            Field("terms", tr("Terms, by key"), stretch=1),
            Field("type", tr("Order"), lambda: types, "nmo", stretch=3),
            Field("protected", tr("Protects"), offers.hers, free=True, preset=offers.first_at_risk, led=True),
        ],
        ("type", "protected", "respondent"),
        declare,
    )
    forms.order_help = OrderHelp(forms.all["order"].strip, policy)
    forms.add(
        "order_term",
        tr("Order: what it forbids"),
        "Alt+F",
        tr("A place, a distance, an end and exceptions of its own; leave empty what is not known."),
        [
            Field("kind", tr("Term"), lambda: kinds, stretch=3),
            Field("place", tr("Which place"), offers.places, free=True),
            Field("metres", tr("Metres"), stretch=1),
            Field("words", tr("In its words"), stretch=3),
            Field("exceptions", tr("Exceptions")),
            Field("until", tr("Until"), stretch=1),
            Field("power", tr("Power of arrest?"), lambda: yes_no, stretch=1),
            Field("checked", tr("Checked?"), lambda: checked, "no"),
            order,
        ],
        ("kind", "order"),
        forbid,
    )
    forms.add(
        "order_learned",
        tr("Order: something learned"),
        "Alt+N",
        tr("Nothing but a checked end ends an order; no trace is weak evidence."),
        [
            Field("fact", tr("What"), lambda: facts, stretch=3),
            Field("who", tr("Who says so")),
            Field("checked", tr("Checked?"), lambda: checked, "no"),
            Field("at", tr("When"), stretch=1),
            Field("until", tr("New end"), stretch=1),
            Field("words", tr("Words"), stretch=3),
            order,
        ],
        ("fact", "who", "order"),
        learn,
    )
    forms.add(
        "order_check",
        tr("Order: checked in a copy or with the court"),
        "Alt+V",
        tr("What was declared stays beside it, with its time."),
        [
            Field("who", tr("Who read or says it"), stretch=3),
            Field("court", tr("Court")),
            Field("made", tr("Made"), stretch=1),
            Field("until", tr("Until"), stretch=1),
            Field("notice", tr("Made without notice?"), lambda: yes_no),
            Field("whole", tr("All its terms read?"), lambda: yes_no),
            order,
        ],
        ("who", "order"),
        check,
    )
    forms.add(
        "order_copy",
        tr("Order: copy or photograph attached"),
        "Alt+C",
        tr("JPEG, PNG or PDF, up to 10 MB. It is seen by us, not verified, until somebody checks it."),
        [
            Field("path", tr("File: its path, or drop it on the order"), stretch=5),
            Field("who", tr("Who sent it")),
            order,
        ],
        ("path", "order"),
        attach,
    )
    forms.add(
        "order_save",
        tr("Order: put a copy into a file"),
        "Alt+B",
        tr("A file that is there already is never overwritten."),
        [
            Field("copy", tr("Copy"), offers.copies, FIRST, stretch=3),
            Field("path", tr("Into which file"), stretch=5),
        ],
        ("copy", "path"),
        save,
    )
