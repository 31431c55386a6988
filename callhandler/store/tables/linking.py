"""What links records beyond themselves: two of the same person or place, or not; and vehicles named in incidents."""

from sqlalchemy import CheckConstraint

from callhandler.model.sameness import KINDS, Sameness
from callhandler.store.tables.making import big, fact, index, one_of, ref, text, words

# Two records of one kind, the older first, so that a pair is written in one way only.
same_as = fact(
    "same_as",
    ref("incident_id", "incident", null=True),
    text("kind"),
    big("a"),
    big("b"),
    text("verdict"),
    text("reason"),
    text("author"),
    one_of("kind", KINDS),
    words("verdict", Sameness),
    CheckConstraint("a < b", name="older_first"),
    CheckConstraint("verdict = 'same' OR length(trim(reason)) > 0", name="says_why"),
)
vehicle_named = fact(
    "vehicle_named",
    ref("incident_id", "incident"),
    text("registration"),
    text("description"),
    text("author"),
    CheckConstraint("length(registration) > 0 OR length(description) > 0", name="says_something"),
)

index(same_as, "a")
index(same_as, "b")
index(same_as, "incident_id")
index(vehicle_named, "incident_id")
index(vehicle_named, "registration")
