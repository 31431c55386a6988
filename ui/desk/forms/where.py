"""The forms of where it is: she moves, and which place is meant."""

from typing import TYPE_CHECKING

from callhandler.model.location import PlaceBasis
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.forms.field import Field
from ui.desk.forms.offers import Offers
from ui.desk.forms.values import fixed

if TYPE_CHECKING:
    from ui.desk.forms.forms import Forms


def add_where_forms(forms: "Forms", desk: DeskController, offers: Offers) -> None:
    """Where she is, where she goes, and which place it is."""
    app, policy, actor = desk.app, desk.app.policy, desk.actor
    rooms = fixed([(r, r) for r in policy.scheme.rooms])
    bases = fixed(
        [
            (PlaceBasis.THERE.value, tr("The caller says it, and is there")),
            (PlaceBasis.ABOUT.value, tr("The caller says it, and rings from elsewhere")),
            (PlaceBasis.ASSUMED.value, tr("Nobody said it: assumed for now")),
        ]
    )

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
