"""What an act that is no grade leaves: what it was asked about, the authority for it, and its effect; and contacts."""

from sqlalchemy import CheckConstraint, UniqueConstraint

from callhandler.model.assessment import AUTHORISED, Gate, Tier
from callhandler.store.tables.making import big, fact, index, one_of, ref, text, words

request_subject = fact(
    "request_subject",
    ref("request_id", "request"),
    text("subject"),
    big("subject_id", null=True),
    text("wanted"),
    text("shown"),
    UniqueConstraint("request_id"),
)
authority = fact(
    "authority",
    text("uuid"),
    ref("incident_id", "incident"),
    ref("assessment_id", "assessment"),
    ref("request_id", "request", null=True),
    ref("call_id", "call", null=True),
    text("act"),
    text("subject"),
    big("subject_id"),
    big("rank_before"),
    big("rank_after"),
    text("gate"),
    text("text"),
    ref("author_id", "desk_user"),
    UniqueConstraint("uuid"),
    UniqueConstraint("request_id"),
    one_of("act", [act.value for act in AUTHORISED]),
    words("gate", Gate),
    CheckConstraint("rank_before BETWEEN 1 AND 99 AND rank_after BETWEEN 1 AND 99", name="ranks"),
)
authority_warning = fact(
    "authority_warning",
    ref("authority_id", "authority"),
    text("code"),
    text("tier"),
    big("floor_rank", null=True),
    UniqueConstraint("authority_id", "code"),
    words("tier", Tier),
)
retraction = fact(
    "retraction",
    ref("incident_id", "incident"),
    ref("disclosure_id", "disclosure"),
    ref("authority_id", "authority"),
    text("reason"),
    text("author"),
    UniqueConstraint("disclosure_id"),
    UniqueConstraint("authority_id"),
)
incident_merge = fact(
    "incident_merge",
    ref("incident_id", "incident"),
    ref("into_id", "incident"),
    ref("authority_id", "authority", null=True),
    text("verdict"),
    text("reason"),
    text("author"),
    UniqueConstraint("authority_id"),
    one_of("verdict", ("same", "not_same")),
    CheckConstraint("incident_id <> into_id", name="two"),
    CheckConstraint("verdict <> 'same' OR authority_id IS NOT NULL", name="authorised"),
)
contact = fact(
    "contact",
    text("uuid"),
    ref("incident_id", "incident"),
    ref("person_id", "person", null=True),
    text("how"),
    text("identified"),
    text("alone"),
    text("free"),
    text("seen_by"),
    text("by_name"),
    text("words"),
    big("counts"),
    text("why_not"),
    text("author"),
    UniqueConstraint("uuid"),
    one_of("how", ("seen", "spoken_to")),
    one_of("alone", ("yes", "no", "unknown")),
    one_of("free", ("yes", "no", "unknown")),
    CheckConstraint("counts = 0 OR (length(identified) > 0 AND length(seen_by) > 0)", name="counts_is_whole"),
)

index(authority, "incident_id", "id")
index(authority_warning, "authority_id")
index(retraction, "incident_id")
index(incident_merge, "incident_id", "id")
index(incident_merge, "into_id")
index(contact, "incident_id", "id")
