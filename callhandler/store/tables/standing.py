"""What stands from before: markers, warnings given, assessments of risk, enquiries, records, counts."""

from callhandler.model.facts import Assessed
from callhandler.model.when import Precision
from callhandler.store.tables.making import big, fact, index, one_of, ref, text, words

marker = fact(
    "marker",
    text("subject"),
    big("subject_id"),
    text("code"),
    text("text"),
    text("set_by"),
    text("told"),
    big("happened_at"),
    text("happened_precision"),
    one_of("subject", ("person", "place", "number", "vehicle")),
    one_of("told", ("yes", "no", "unknown")),
    words("happened_precision", Precision),
)
police_warning = fact(
    "police_warning",
    ref("person_id", "person"),
    ref("incident_id", "incident", null=True),
    text("kind"),
    text("terms"),
    big("happened_at"),
    text("happened_precision"),
    words("happened_precision", Precision),
)
risk_assessment = fact(
    "risk_assessment",
    ref("incident_id", "incident"),
    ref("person_id", "person"),
    text("done"),
    text("level"),
    text("level_before"),
    text("note"),
    words("done", Assessed),
)
enquiry = fact(
    "enquiry",
    ref("incident_id", "incident"),
    text("what"),
    text("state"),
    text("reason"),
    one_of("state", ("open", "done", "dropped")),
)
person_record = fact(
    "person_record",
    ref("person_id", "person"),
    text("kind"),
    text("text"),
    big("happened_at"),
    text("happened_precision"),
    words("happened_precision", Precision),
)
history_count = fact(
    "history_count",
    ref("incident_id", "incident", null=True),
    text("subject"),
    big("subject_id"),
    big("number"),
    text("counted"),
    text("span"),
    text("source"),
    one_of("subject", ("person", "place", "number")),
)

index(marker, "subject", "subject_id")
index(police_warning, "person_id")
index(risk_assessment, "incident_id")
index(enquiry, "incident_id")
index(person_record, "person_id")
index(history_count, "subject", "subject_id")
