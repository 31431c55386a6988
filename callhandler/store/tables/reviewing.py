"""Reviewing: decisions to be looked at again, by whom, a second grade, what came of it, what the handler is told."""

from sqlalchemy import CheckConstraint, UniqueConstraint

from callhandler.model.review import OwnedHow, Result
from callhandler.store.tables.making import big, fact, index, ref, text, words

review_item = fact(
    "review_item",
    ref("incident_id", "incident"),
    # A decision is the last row of its transaction, so its item comes before it and names it by uuid.
    text("decision_uuid"),
    text("entered_by"),
    big("blind"),
    big("specialist"),
    big("due_at"),
    big("likeness", null=True),
    UniqueConstraint("decision_uuid"),
    CheckConstraint("length(entered_by) > 0", name="says_why"),
    CheckConstraint("blind BETWEEN 0 AND 1", name="blind"),
)
review_owner = fact(
    "review_owner",
    ref("item_id", "review_item"),
    ref("incident_id", "incident"),
    text("act"),
    ref("user_id", "desk_user", null=True),
    text("reason"),
    ref("author_id", "desk_user"),
    words("act", OwnedHow),
)
review_grade = fact(
    "review_grade",
    ref("item_id", "review_item"),
    ref("incident_id", "incident"),
    text("grade"),
    big("rank"),
    big("blind"),
    text("reason"),
    ref("author_id", "desk_user"),
    UniqueConstraint("item_id", "author_id"),
    CheckConstraint("rank BETWEEN 1 AND 99", name="rank"),
    CheckConstraint("blind BETWEEN 0 AND 1", name="blind"),
)
review_outcome = fact(
    "review_outcome",
    text("uuid"),
    ref("item_id", "review_item"),
    ref("incident_id", "incident"),
    text("result"),
    text("grade"),
    text("reason"),
    ref("author_id", "desk_user"),
    UniqueConstraint("uuid"),
    words("result", Result),
    CheckConstraint("length(trim(reason)) > 0", name="says_why"),
)
review_feedback = fact(
    "review_feedback",
    ref("outcome_id", "review_outcome"),
    ref("incident_id", "incident"),
    ref("to_id", "desk_user"),
    text("text"),
    ref("author_id", "desk_user"),
    CheckConstraint("length(trim(text)) > 0", name="says_something"),
)
feedback_seen = fact(
    "feedback_seen",
    ref("feedback_id", "review_feedback"),
    text("answer"),
    ref("author_id", "desk_user"),
    UniqueConstraint("feedback_id"),
)

index(review_item, "incident_id", "id")
index(review_owner, "item_id", "id")
index(review_outcome, "item_id", "id")
index(review_outcome, "incident_id")
index(review_feedback, "to_id", "id")
