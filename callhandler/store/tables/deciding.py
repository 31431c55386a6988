"""Judging and deciding: assessments, requests, rationales, agreements, decisions."""

from sqlalchemy import CheckConstraint, UniqueConstraint

from callhandler.model.assessment import DECIDING, Act, Gate, Tier, Verdict
from callhandler.store.tables.making import big, fact, index, one_of, ref, text, words

assessment = fact(
    "assessment", ref("incident_id", "incident"), big("upto"), big("floor_rank"), text("policy_digest")
)
assessment_warning = fact(
    "assessment_warning",
    ref("assessment_id", "assessment"),
    ref("incident_id", "incident"),
    text("code"),
    text("tier"),
    text("sentence"),
    text("evidence"),
    big("floor_rank", null=True),
    big("since"),
    big("settled_by", null=True),
    UniqueConstraint("assessment_id", "code"),
    words("tier", Tier),
)
request = fact(
    "request",
    text("uuid"),
    ref("incident_id", "incident"),
    ref("assessment_id", "assessment"),
    text("act"),
    text("grade"),
    big("rank"),
    ref("author_id", "desk_user"),
    UniqueConstraint("uuid"),
    words("act", Act),
)
rationale = fact(
    "rationale",
    ref("request_id", "request"),
    text("ground"),
    text("reason"),
    ref("author_id", "desk_user"),
    CheckConstraint("length(trim(reason)) > 0 OR length(trim(ground)) > 0", name="says_something"),
)
rationale_answer = fact(
    "rationale_answer",
    ref("request_id", "request"),
    text("warning"),
    text("what_changed"),
    text("said_by"),
    text("how_checked"),
    big("accepted"),
    text("why_not"),
    ref("author_id", "desk_user"),
    CheckConstraint(
        "accepted = 0 OR (length(trim(what_changed)) > 0 AND length(said_by) > 0 AND length(how_checked) > 0)",
        name="accepted_is_whole",
    ),
)
refusal = fact(
    "refusal",
    ref("request_id", "request"),
    ref("assessment_id", "assessment"),
    text("needs"),
)
agreement = fact(
    "agreement",
    ref("request_id", "request"),
    ref("assessment_id", "assessment"),
    text("verdict"),
    text("reason"),
    ref("author_id", "desk_user"),
    words("verdict", Verdict),
    CheckConstraint("length(trim(reason)) > 0", name="says_why"),
)
decision = fact(
    "decision",
    text("uuid"),
    ref("incident_id", "incident"),
    ref("assessment_id", "assessment"),
    ref("request_id", "request", null=True),
    ref("call_id", "call", null=True),
    text("act"),
    text("grade"),
    big("rank"),
    big("target_minutes", null=True),
    text("gate"),
    text("text"),
    ref("author_id", "desk_user"),
    UniqueConstraint("uuid"),
    one_of("act", [act.value for act in DECIDING]),
    words("gate", Gate),
    CheckConstraint("rank BETWEEN 1 AND 99", name="rank"),
)

index(assessment, "incident_id", "id")
index(assessment_warning, "assessment_id")
index(assessment_warning, "incident_id", "code")
index(decision, "incident_id", "id")
index(request, "incident_id", "id")
index(rationale, "request_id")
index(rationale_answer, "request_id")
index(agreement, "request_id")
index(refusal, "request_id")
