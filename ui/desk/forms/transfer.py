"""The forms about transfers: to another room or force, acknowledged there, and received from another force."""

from pathlib import Path
from typing import TYPE_CHECKING

from callhandler.errors import BadInput
from callhandler.services.transfers import read_file, write_new
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.forms.field import FIRST, Field
from ui.desk.forms.offers import Offers
from ui.desk.forms.response_offers import ResponseOffers
from ui.desk.forms.values import Values

if TYPE_CHECKING:
    from ui.desk.forms.forms import Forms


def add_transfer_forms(forms: "Forms", desk: DeskController, offers: Offers) -> None:
    """Add the forms about transfers."""
    app, actor, scheme = desk.app, desk.actor, desk.app.policy.scheme
    own = ResponseOffers(desk)
    rooms = [(room, room) for room in scheme.rooms]

    def rooms_waiting() -> list[tuple[str, str]]:
        return list(dict.fromkeys([*offers.rooms_waiting(), *rooms]))

    def send(i: int, v: Values) -> object:
        room = v["peer"] in scheme.rooms
        path = Path(v["path"]).expanduser()
        if not room and not v["path"]:
            raise BadInput(tr("Another force gets a message: name a new file for it."), "path")
        if not room and path.exists():
            raise BadInput(tr("This file is there already; it is not overwritten."), "path")
        text = app.transfers.send(actor, i, v["peer"], v["why"])
        if text:
            write_new(path, text)
            return tr("The message is in {path}: send it, and ring them.").format(path=path.name)
        return tr("Sent to {room}: it is theirs when they say so.").format(room=v["peer"])

    forms.add(
        "transfer",
        tr("Transfer to another room or force"),
        "Ctrl+Shift+Q",
        tr(
            "Grade, clock, words and warnings travel. It stays ours until somebody named has acknowledged it."
        ),
        [
            Field("peer", tr("To which room or force"), lambda: rooms, free=True, stretch=3),
            Field("why", tr("Why"), stretch=3),
            Field("path", tr("For a force: into which new file"), stretch=4),
        ],
        ("peer",),
        send,
    )
    forms.add(
        "transfer_received",
        tr("Transfer acknowledged there"),
        "Alt+K",
        tr("By whom, by name. A lower grade there lowers nothing here; the supervisor is told."),
        [
            Field("transfer", tr("Which"), own.sent, FIRST, stretch=3),
            Field("named", tr("Who has it there, by name"), stretch=3),
            Field("reference", tr("Their number"), stretch=2),
            Field("grade", tr("Their grade"), stretch=2),
        ],
        ("transfer", "named"),
        lambda i, v: app.transfers.acknowledge(
            actor, i, int(v["transfer"]), v["named"], v["reference"], v["grade"]
        ),
    )
    forms.add(
        "transfer_in",
        tr("Receive from another force"),
        "Ctrl+Shift+G",
        tr(
            "The message as a file. Its incident opens with their clock, words and warnings, graded no lower."
        ),
        [Field("path", tr("From which file"), stretch=6)],
        ("path",),
        opens=lambda v: app.transfers.receive(actor, read_file(Path(v["path"]).expanduser())),
    )
    forms.add(
        "received",
        tr("Move received by the other room"),
        "Ctrl+Shift+M",
        tr("Until it is received both rooms have it."),
        [Field("room", tr("Received by room"), rooms_waiting, free=True, stretch=3)],
        ("room",),
        lambda i, v: app.whereabouts.acknowledge(actor, i, v["room"]),
    )
