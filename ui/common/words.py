"""Times, counts and roles as the screen says them."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

# The first window needs words too, and is painted before any of these is imported.
if TYPE_CHECKING:
    from collections.abc import Iterable

    from callhandler.model.assessment import Act, Ruling
    from callhandler.model.incident import ResponseState
    from callhandler.model.order import OrderStanding
    from callhandler.model.people import Relation, Role


def tr(text: str) -> str:
    """A string of the screen, in the language of the screen."""
    return QCoreApplication.translate("callhandler", text)


def clock(at: datetime, seconds: bool = False) -> str:
    """A local time of day."""
    from callhandler.model.when import LONDON

    return f"{at.astimezone(LONDON):%H:%M:%S}" if seconds else f"{at.astimezone(LONDON):%H:%M}"


def clock_now() -> str:
    """The time of day at this machine."""
    return f"{datetime.now().astimezone():%H:%M:%S}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th ..."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many}"


def target(minutes: int | None) -> str:
    """A grade's target, short."""
    if minutes is None:
        return tr("no visit")
    if minutes >= 1440 and minutes % 1440 == 0:
        return counted(minutes // 1440, tr("day"), tr("days"))
    return tr("{n} min").format(n=minutes)


def number(e164: str) -> str:
    """A telephone number as it is read in this country."""
    if not e164.startswith("+44") or len(e164) != 13:
        return e164
    home = "0" + e164[3:]
    return f"{home[:5]} {home[5:]}"


def state(value: "ResponseState | None") -> str:
    """A response state in words."""
    return tr(value.value.replace("_", " ").capitalize()) if value else tr("Awaiting")


def search(value: "ResponseState") -> str:
    """How far the search for the suspect has got, in a few words."""
    names = {
        "awaiting": tr("not found"),
        "unresourced": tr("nobody free"),
        "assigned": tr("looked for"),
        "diverted": tr("search diverted"),
        "stood_down": tr("search ended"),
        "at_scene": tr("officers there"),
        "no_reply": tr("not there"),
        "handed_back": tr("search given back"),
        "resulted": tr("found"),
    }
    return names[value.value].capitalize()


def role(value: "Role") -> str:
    """A role in words."""
    return tr(value.value.replace("_", " ").capitalize())


def relation(value: "Relation", forward: bool) -> str:
    """What one person is to another. A tie is kept as it was told, `a` is the ... of `b`: forward says what `a` is."""
    names = {
        "partner": (tr("partner"), tr("partner")),
        "ex_partner": (tr("ex-partner"), tr("ex-partner")),
        "parent": (tr("parent"), tr("child")),
        "child": (tr("child"), tr("parent")),
        "sibling": (tr("brother or sister"), tr("brother or sister")),
        "relative": (tr("relative"), tr("relative")),
        "neighbour": (tr("neighbour"), tr("neighbour")),
        "other": (tr("known person"), tr("known person")),
    }
    return names[value.value][0 if forward else 1]


def order_state(order: "OrderStanding") -> str:
    """An order's state on its badge: never colour alone, never more sure than it is."""
    from callhandler.model.order import OrderState

    words = {
        OrderState.DECLARED_UNVERIFIED: tr("Known only from imported history, live for risk, copy not held")
        if order.order.imported
        else tr("Declared by caller, live for risk, copy not held"),
        OrderState.LIVE_UNSERVED: tr("In force; that he knew of it is not established"),
        OrderState.LIVE: tr("In force"),
        OrderState.NOT_YET: tr("Not in force yet"),
        OrderState.DISCHARGED: tr("Discharged, verified"),
        OrderState.EXPIRED: tr("Ended, verified"),
        OrderState.ENDED_INTERIM: tr("Interim order ended"),
    }
    return words[order.state]


def act(value: "Act") -> str:
    """What was asked for, in words: how a rationale's title begins."""
    names = {
        "grade": tr("Lowering"),
        "close": tr("Closing"),
        "receive": tr("A lower grade on receipt"),
        "appoint": tr("An appointment"),
        "cancel": tr("Cancelling"),
        "transfer": tr("Handing on"),
        "merge": tr("Merging"),
        "result": tr("Ending the response"),
        "retype": tr("Another type"),
        "retract": tr("Taking back what was told"),
        "reject_link": tr("Rejecting a link"),
        "lower_risk": tr("A lower level of risk"),
    }
    return names[value.value]


def needs(ruling: "Ruling") -> str:
    """What an act would need now, in a few words."""
    from callhandler.model.assessment import Gate

    if ruling.allowed_now:
        return ""
    answers = sum(1 for n in ruling.needs if n.code == "answer")
    parts = [counted(answers, tr("answer"), tr("answers"))] if answers else []
    if any(n.code == "reason" for n in ruling.needs) and not answers:
        parts.append(tr("a reason"))
    if ruling.gate is Gate.AGREEMENT:
        parts.append(tr("supervisor"))
    return " + ".join(parts) or tr("rationale")


def short_reference(reference: str, among: "Iterable[str]" = ()) -> str:
    """An incident's number; with its day where another of these bears the same one: numbers begin anew at midnight."""
    number, _, day = reference.partition(" · ")
    shared = any(other.partition(" · ")[0] == number for other in among if other != reference)
    return f"{number} · {day.rpartition(' ')[0]}" if shared and day else number
