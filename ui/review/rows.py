"""What the supervisor's page shows of a request."""

from callhandler.model.assessment import Act
from callhandler.policy.entries import Gates
from callhandler.services.desk import View
from ui.common import words
from ui.common.words import tr
from ui.models.rows import EntryRow, Row
from ui.review.controller import ReviewController


def request_rows(review: ReviewController) -> list[Row]:
    """Each waiting request as a row."""
    rows: list[Row] = []
    for incident_id, request in review.waiting:
        asked = tr("Close") if request.act is Act.CLOSE else review.grade_name(request.grade)
        title = tr("{ref} · to {grade}").format(ref=review.reference(incident_id), grade=asked)
        answered = words.counted(len(request.answers), tr("answer"), tr("answers"))
        sub = tr("{who}, {time} · {answered}").format(
            who=request.author, time=words.clock(request.at), answered=answered
        )
        rows.append(
            EntryRow(
                f"incident:{incident_id}",
                f"{title}. {sub}",
                f"{title}\n{sub}",
                "critical",
                "critical",
                title,
                sub,
            )
        )
    return rows


def answer_lines(view: View, gates: Gates) -> list[tuple[str, str, str, bool]]:
    """Each standing critical warning: its sentence, the answer given, who says so and how checked, whether there is one."""
    said_by = {c.id: c.name for c in gates.said_by}
    checked = {c.id: c.name for c in gates.how_checked}
    given = {a.warning: a for a in view.request.answers} if view.request else {}
    found = []
    for warning in view.assessment.critical_below:
        answer = given.get(warning.code)
        if answer is None:
            found.append((warning.sentence, tr("▲ No answer that counts"), "", False))
        else:
            how = f"{said_by.get(answer.said_by, answer.said_by)} · {checked.get(answer.how_checked, answer.how_checked)}"
            found.append((warning.sentence, f"“{answer.what_changed}”", how, True))
    return found
