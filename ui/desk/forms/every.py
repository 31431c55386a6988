"""Which forms the desk has, by what a handler is doing; the keys page and the palette show them so."""

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


def add_forms(forms: "Forms", desk: DeskController) -> None:
    """Add every form of the desk."""
    offers = Offers(desk)
    forms.under(Group.CALL)
    add_call_forms(forms, desk, offers)
    forms.under(Group.TOLD)
    add_told_forms(forms, desk, offers)
    forms.under(Group.WHO)
    add_who_forms(forms, desk, offers)
    forms.under(Group.WHERE)
    add_where_forms(forms, desk, offers)
    forms.under(Group.ORDER)
    add_order_forms(forms, desk, offers)
    forms.under(Group.GRADE)
    add_grade_forms(forms, desk, offers)
    forms.under(Group.RESPONSE)
    add_response_forms(forms, desk)
    forms.under(Group.NEXT)
    add_step_forms(forms, desk, offers)
    forms.under(Group.TRANSFER)
    add_transfer_forms(forms, desk, offers)
    forms.under(Group.PAST)
    add_past_forms(forms, desk, offers)
    forms.under(Group.PAPERS)
    add_paper_forms(forms, desk, offers)
    forms.under(Group.WHOSE)
    add_whose_forms(forms, desk)
