"""What holds until somebody comes: offers, interim safety plans, promises to the caller, transfers and their receipt."""

from sqlalchemy import UniqueConstraint

from callhandler.model.safety import Alone, Ended, Offered, Way
from callhandler.store.tables.making import big, fact, index, ref, text, words

safety_offer = fact(
    "safety_offer",
    text("uuid"),
    ref("incident_id", "incident"),
    text("code"),
    text("outcome"),
    text("details"),
    text("words"),
    text("author"),
    UniqueConstraint("uuid"),
    words("outcome", Offered),
)
safety_plan = fact(
    "safety_plan",
    text("uuid"),
    ref("incident_id", "incident"),
    big("until_at"),
    text("agreed"),
    text("with_whom"),
    text("alone"),
    text("author"),
    UniqueConstraint("uuid"),
    words("alone", Alone),
)
promise = fact(
    "promise",
    text("uuid"),
    ref("incident_id", "incident"),
    ref("call_id", "call", null=True),
    text("words"),
    big("until_at"),
    text("author"),
    UniqueConstraint("uuid"),
)
promise_end = fact(
    "promise_end",
    ref("incident_id", "incident"),
    ref("promise_id", "promise"),
    text("ended"),
    text("words"),
    text("author"),
    UniqueConstraint("promise_id"),
    words("ended", Ended),
)
transfer = fact(
    "transfer",
    text("uuid"),
    ref("incident_id", "incident"),
    text("way"),
    text("peer"),
    text("grade"),
    text("reference"),
    text("content"),
    big("due_at", null=True),
    text("author"),
    UniqueConstraint("uuid"),
    words("way", Way),
)
transfer_receipt = fact(
    "transfer_receipt",
    ref("incident_id", "incident"),
    ref("transfer_id", "transfer"),
    text("named"),
    text("reference"),
    text("grade"),
    text("author"),
    UniqueConstraint("transfer_id"),
)

for _table in (safety_offer, safety_plan, promise, transfer):
    index(_table, "incident_id", "id")
for _table in (promise_end, transfer_receipt):
    index(_table, "incident_id")
