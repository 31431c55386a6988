"""Which forms the desk has, by what a handler is doing; the keys page and the palette show them so."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.desk.controller import DeskController
from ui.desk.forms.call import add_call_forms
from ui.desk.forms.grade import add_grade_forms
from ui.desk.forms.group import Group
from ui.desk.forms.offers import Offers
from ui.desk.forms.order import add_order_forms
from ui.desk.forms.past import add_past_forms
from ui.desk.forms.response import add_response_forms
from ui.desk.forms.steps import add_step_forms
from ui.desk.forms.told import add_told_forms
from ui.desk.forms.transfer import add_transfer_forms
from ui.desk.forms.where import add_where_forms
from ui.desk.forms.who import add_who_forms
from ui.desk.forms.whose import add_whose_forms
from ui.papers.forms import add_paper_forms

if TYPE_CHECKING:
    from ui.desk.forms.forms import Forms


Add = Callable[["Forms", DeskController, Offers], None]

_FORMS: tuple[tuple[Group, Add], ...] = (
    (Group.CALL, add_call_forms),
    (Group.TOLD, add_told_forms),
    (Group.WHO, add_who_forms),
    (Group.WHERE, add_where_forms),
    (Group.ORDER, add_order_forms),
    (Group.GRADE, add_grade_forms),
    (Group.RESPONSE, add_response_forms),
    (Group.NEXT, add_step_forms),
    (Group.TRANSFER, add_transfer_forms),
    (Group.PAST, add_past_forms),
    (Group.PAPERS, add_paper_forms),
    (Group.WHOSE, add_whose_forms),
)
"""In the order in which they are shown."""


def add_forms(forms: "Forms", desk: DeskController) -> None:
    """Add every form of the desk."""
    offers = Offers(desk)
    for group, add in _FORMS:
        forms.under(group)
        add(forms, desk, offers)
