"""The caller of an incident was taken to be somebody by her name or number alone, and is not: her call is taken anew."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from callhandler.model.incident import Direction
from callhandler.model.people import Role
from callhandler.model.sameness import PERSON
from ui.common import words
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.forms.field import ChoiceLine
from ui.desk.who_rows import place_now_id

if TYPE_CHECKING:
    from ui.desk.forms.forms import Forms


def somebody_else(desk: DeskController, forms: "Forms", key: str) -> bool:
    """Take the call of the open incident anew, as somebody else's than its caller in hand; False where that is no caller.

    What hangs on her record there cannot be parted from it: so the call has an incident of its own from then on, and what
    was shown, warned of and told stays where it is, until that incident is closed through its own gate.
    """
    view, (kind, _, record) = desk.view, key.partition(":")
    if view is None or kind != PERSON or int(record) not in view.picture.with_role(Role.CALLER):
        return False
    forms.open("call")
    strip = forms.all["call"].strip
    if any(strip.values()[name] for name in ("number", "name", "place", "words")):
        desk.said.emit(tr("A call is half typed: record it, or leave it with Esc, first."), "serious")
        return True
    picture = view.picture
    calls = [c for c in picture.calls if c.incident_id == picture.here and c.direction is Direction.IN]
    number = next((n.e164 for n in picture.numbers if calls and n.id == calls[-1].number_id), "")
    place = picture.place(place_now_id(view))
    told = {
        "number": words.number(number) if number else "",
        "name": calls[-1].speaker if calls else "",
        "place": (place.address or place.label) if place else "",
    }
    for name, text in told.items():
        editor = strip.editor(name)
        if isinstance(editor, ChoiceLine):
            editor.setEditText(text)
        else:
            editor.setText(text)
    forms.join.instead(picture.here, int(record))
    strip.editor("name").setFocus(Qt.FocusReason.ShortcutFocusReason)
    return True
