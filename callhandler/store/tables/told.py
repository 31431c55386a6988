"""What was told, answered and confirmed."""

from sqlalchemy import UniqueConstraint

from callhandler.model.facts import Reply, Stance
from callhandler.model.when import Precision
from callhandler.store.tables.making import big, fact, index, ref, text, words

disclosure = fact(
    "disclosure",
    text("uuid"),
    ref("incident_id", "incident"),
    ref("call_id", "call", null=True),
    text("indicator"),
    text("stance"),
    text("teller"),
    ref("teller_id", "person", null=True),
    ref("about_id", "person", null=True),
    ref("harmed_id", "person", null=True),
    text("words"),
    text("source"),
    big("disputed"),
    big("happened_at"),
    text("happened_precision"),
    text("author"),
    UniqueConstraint("uuid"),
    words("stance", Stance),
    words("happened_precision", Precision),
)
follow_up = fact("follow_up", ref("disclosure_id", "disclosure"), text("text"), text("author"))
answer = fact(
    "answer",
    text("uuid"),
    ref("incident_id", "incident"),
    ref("call_id", "call", null=True),
    text("question"),
    text("reply"),
    text("words"),
    text("author"),
    UniqueConstraint("uuid"),
    words("reply", Reply),
)
confirmation = fact(
    "confirmation",
    text("uuid"),
    ref("incident_id", "incident"),
    text("code"),
    ref("about_id", "person", null=True),
    text("said_by"),
    text("confirmed_by"),
    text("words"),
    text("author"),
    UniqueConstraint("uuid"),
)

index(disclosure, "incident_id", "id")
index(follow_up, "disclosure_id")
index(answer, "incident_id", "id")
index(confirmation, "incident_id", "id")
