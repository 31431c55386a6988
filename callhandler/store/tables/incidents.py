"""Incidents: their calls, log, parties, moves, responses, tasks, owners and links."""

from sqlalchemy import UniqueConstraint

from callhandler.model.incident import CallOutcome, Direction, LogKind, OwnerAct, ResponseState, Target
from callhandler.model.location import FixKind
from callhandler.model.people import Role
from callhandler.model.proposal import Consent, Decided, ProposalKind
from callhandler.model.when import Precision
from callhandler.store.tables.making import big, fact, index, one_of, ref, text, words

incident = fact(
    "incident",
    text("uuid"),
    text("reference"),
    text("type"),
    big("happened_at"),
    text("happened_precision"),
    ref("place_id", "place", null=True),
    ref("number_id", "number", null=True),
    text("summary"),
    text("outcome"),
    text("undone"),
    text("target_met"),
    big("live"),
    text("source"),
    UniqueConstraint("uuid"),
    words("happened_precision", Precision),
    one_of("target_met", ("yes", "no", "unknown")),
)
incident_type = fact(
    "incident_type", ref("incident_id", "incident"), text("type"), text("reason"), text("author")
)
type_qualifier = fact(
    "type_qualifier",
    ref("incident_id", "incident"),
    ref("type_id", "incident_type"),
    text("qualifier"),
)
call = fact(
    "call",
    text("uuid"),
    ref("incident_id", "incident"),
    ref("number_id", "number", null=True),
    text("direction"),
    text("outcome"),
    text("speaker"),
    big("happened_at"),
    UniqueConstraint("uuid"),
    words("direction", Direction),
    words("outcome", CallOutcome),
)
log_entry = fact(
    "log_entry",
    text("uuid"),
    ref("incident_id", "incident"),
    ref("call_id", "call", null=True),
    text("kind"),
    text("text"),
    text("author"),
    big("happened_at"),
    UniqueConstraint("uuid"),
    words("kind", LogKind),
)
party = fact(
    "party", ref("incident_id", "incident"), ref("person_id", "person"), text("role"), words("role", Role)
)
move = fact(
    "move",
    ref("incident_id", "incident"),
    ref("place_id", "place"),
    text("kind"),
    text("room"),
    text("author"),
    one_of("kind", ("at", "going_to")),
)
network_fix = fact(
    "network_fix",
    ref("incident_id", "incident"),
    ref("call_id", "call", null=True),
    text("kind"),
    big("lat_micro", null=True),
    big("lon_micro", null=True),
    big("radius_m", null=True),
    text("address"),
    big("fixed_at", null=True),
    text("source"),
    words("kind", FixKind),
)
receipt = fact(
    "receipt", ref("incident_id", "incident"), ref("move_id", "move"), text("room"), text("author")
)
response = fact(
    "response",
    ref("incident_id", "incident"),
    text("target"),
    text("state"),
    text("note"),
    text("author"),
    words("target", Target),
    words("state", ResponseState),
)
task = fact(
    "task",
    text("uuid"),
    ref("incident_id", "incident"),
    text("code"),
    text("text"),
    text("owner"),
    big("due_at", null=True),
    UniqueConstraint("uuid"),
)
task_done = fact(
    "task_done", ref("task_id", "task"), text("outcome"), text("author"), UniqueConstraint("task_id")
)
ownership = fact(
    "ownership",
    ref("incident_id", "incident"),
    text("act"),
    ref("user_id", "desk_user"),
    text("room"),
    text("reason"),
    ref("author_id", "desk_user"),
    words("act", OwnerAct),
)
proposal_decision = fact(
    "proposal_decision",
    text("uuid"),
    ref("incident_id", "incident"),
    ref("recorded_in", "incident"),
    text("kind"),
    text("code"),
    text("decided"),
    text("owner"),
    text("consent"),
    text("reason"),
    text("author"),
    UniqueConstraint("uuid"),
    words("kind", ProposalKind),
    words("decided", Decided),
    words("consent", Consent),
)
link_judgement = fact(
    "link_judgement",
    ref("incident_id", "incident"),
    ref("linked_id", "incident"),
    text("verdict"),
    text("reason"),
    text("author"),
    one_of("verdict", ("linked", "not_linked")),
)

index(call, "incident_id", "id")
index(log_entry, "incident_id", "id")
# Who had a part in what, and whether that was known then, is read from the index alone.
index(party, "incident_id", "person_id", "role", "known_at", "id")
index(party, "person_id", "incident_id", "known_at", "id")
# The newest at a place, and how many there are, are read from the index alone, however many there are.
index(incident, "place_id", "happened_at", "known_at", "id")
index(incident, "number_id", "happened_at")
index(incident, "live", "id")
index(incident, "happened_at")
# Papers are asked for by it.
index(incident, "reference")
index(incident, "type", "happened_at")
index(incident_type, "type", "id")
index(response, "incident_id", "id")
index(move, "incident_id", "id")
index(network_fix, "incident_id", "id")
index(receipt, "incident_id")
index(task, "incident_id")
index(incident_type, "incident_id")
index(type_qualifier, "incident_id")
# The newest of a number, and in how many incidents it rang, likewise.
index(call, "number_id", "happened_at", "known_at", "id", "incident_id")
index(link_judgement, "incident_id")
index(move, "place_id")
index(ownership, "incident_id", "id")
index(proposal_decision, "incident_id", "id")
