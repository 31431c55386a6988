"""What a reviewer may do with the item in front, and why not, in words."""

from callhandler.model.actor import Right
from callhandler.services.reviews.opening import Opened
from ui.common.words import tr
from ui.review.controller import ReviewController
from ui.review.decision import Choice
from ui.review.keys import results, verdicts


def nothing(review: ReviewController) -> str:
    """Why nothing is in front."""
    if review.reading:
        return tr("Reading …")
    if not review.read_once:
        return tr("The queue is not yet read.")
    return tr("Choose an item of the queue.") if review.lines else tr("Nothing waits.")


def choices(front: Opened, review: ReviewController) -> tuple[str, tuple[Choice, ...], str]:
    """The title over the answers, the answers, and why none can be given now; empty when one can."""
    line = front.line
    if line.waiting:
        title = tr("Decision")
        offered = tuple(Choice(v.value, key, name, means(v.value)) for v, key, name in verdicts())
        if Right.SUPERVISOR not in review.actor.rights:
            return title, offered, tr("Only a supervisor agrees or keeps; you may read it.")
        return title, offered, "" if review.there else tr("This request waits no longer.")
    title = tr("What you find")
    offered = tuple(Choice(r.value, key, name, means(r.value)) for r, key, name in results())
    return title, offered, _closed(front, review)


def _closed(front: Opened, review: ReviewController) -> str:
    line, me = front.line, review.actor.user_id
    if not review.there:
        return tr("This one is answered.")
    if line.handler_id == me:
        return tr("You decided this one; another must review it.")
    if line.owner_id not in (None, me):
        return tr("{owner} has this one.").format(owner=line.owner)
    return tr("Give your own grade first, with 1 to 4.") if line.hidden else ""


def own_grade(front: Opened, review: ReviewController) -> tuple[str, str, bool]:
    """The grade given, a note, and whether one may be given now."""
    given = review.own_grade
    if given is None:
        note = tr("The handler's grade is hidden until yours is recorded.") if front.line.hidden else ""
        return "", note, not why_no_grade(front, review)
    if front.decision is None:
        return given.grade, "", False
    same = given.rank == front.decision.rank
    said = tr("The same as the handler's.") if same else tr("The handler: {grade}.")
    return given.grade, said.format(grade=front.decision.shown), False


def why_no_grade(front: Opened | None, review: ReviewController) -> str:
    """Why no own grade can be given; empty when it can."""
    if front is None:
        return nothing(review)
    if front.line.waiting:
        return tr("A request is answered with A, K or T; your own grade is for what waits for review.")
    if review.own_grade is not None:
        return tr("You gave your own grade already; it stays as it was.")
    closed = _closed(front, review)
    return (
        ""
        if front.line.hidden and review.there and front.line.owner_id in (None, review.actor.user_id)
        else closed
    )


def why_no_answer(code: str, front: Opened | None, review: ReviewController) -> str:
    """Why this answer cannot be given yet; empty when it can."""
    if front is not None and code in ("otherwise", "reopen") and review.own_grade is None:
        return tr("Say first how you grade it, with 1 to 4.")
    return ""


def means(code: str) -> str:
    """What an answer does."""
    return {
        "agree": tr("The lower grade takes effect at once; the caller must be told."),
        "keep": tr("The grade stands; the handler sees your reason."),
        "take_over": tr("The grade stands, and the incident becomes yours."),
        "upheld": tr("The decision was right on what was known."),
        "otherwise": tr("You would have graded it otherwise on what was known: your own grade says how."),
        "learning": tr("Right or not, there is something to learn."),
        "reopen": tr("It is raised to your own grade at once."),
    }.get(code, "")
