"""The tables, one schema for SQLite and PostgreSQL.

Every row that records a fact takes its id from one sequence, the journal's: an id is the row's place in the order of
receipt. Times are whole microseconds since 1970 UTC. A row's `salt` goes into its digest, so that erasing a row
lawfully leaves nothing that could be guessed from the journal. Nothing is updated: a correction is a new row. Only
`presence`, which records no fact, is.
"""

from callhandler.store.tables.custody import (
    about,
    consultation,
    head,
    import_file,
    journal,
    policy_activation,
    policy_pack,
    scheme_grade,
)
from callhandler.store.tables.deciding import (
    agreement,
    assessment,
    assessment_warning,
    decision,
    rationale,
    rationale_answer,
    refusal,
    request,
)
from callhandler.store.tables.identity import (
    credential,
    desk_session,
    desk_user,
    presence,
    role_grant,
    session_end,
)
from callhandler.store.tables.incidents import (
    call,
    incident,
    incident_type,
    link_judgement,
    log_entry,
    move,
    network_fix,
    ownership,
    party,
    proposal_decision,
    receipt,
    response,
    task,
    task_done,
    type_qualifier,
)
from callhandler.store.tables.known import (
    number,
    number_tie,
    person,
    person_name,
    person_tie,
    place,
    place_name,
    place_point,
    place_tie,
    vehicle,
)
from callhandler.store.tables.making import metadata
from callhandler.store.tables.orders import (
    civil_order,
    file_content,
    order_copy,
    order_fact,
    order_term,
    order_until,
)
from callhandler.store.tables.standing import (
    enquiry,
    history_count,
    marker,
    person_record,
    police_warning,
    risk_assessment,
)
from callhandler.store.tables.told import (
    answer,
    confirmation,
    disclosure,
    follow_up,
)

__all__ = [
    "FACTS_OF_AN_INCIDENT",
    "JOURNALLED",
    "about",
    "agreement",
    "answer",
    "assessment",
    "assessment_warning",
    "call",
    "civil_order",
    "confirmation",
    "consultation",
    "credential",
    "decision",
    "desk_session",
    "desk_user",
    "disclosure",
    "enquiry",
    "file_content",
    "follow_up",
    "head",
    "history_count",
    "import_file",
    "incident",
    "incident_type",
    "journal",
    "link_judgement",
    "log_entry",
    "marker",
    "metadata",
    "move",
    "network_fix",
    "number",
    "number_tie",
    "order_copy",
    "order_fact",
    "order_term",
    "order_until",
    "ownership",
    "party",
    "person",
    "person_name",
    "person_record",
    "person_tie",
    "place",
    "place_name",
    "place_point",
    "place_tie",
    "police_warning",
    "policy_activation",
    "policy_pack",
    "presence",
    "proposal_decision",
    "rationale",
    "rationale_answer",
    "receipt",
    "refusal",
    "request",
    "response",
    "risk_assessment",
    "role_grant",
    "scheme_grade",
    "session_end",
    "task",
    "task_done",
    "type_qualifier",
    "vehicle",
]

JOURNALLED = tuple(t for t in metadata.sorted_tables if "salt" in t.c)
"""Tables whose every row is a link of the journal's chain."""

FACTS_OF_AN_INCIDENT = (
    "call",
    "disclosure",
    "answer",
    "confirmation",
    "move",
    "network_fix",
    "response",
    "party",
    "order_fact",
    "order_term",
    "civil_order",
    "history_count",
    "incident_type",
    "type_qualifier",
)
"""Tables whose rows may change what a warning says: a decision must rest on an assessment newer than all of them."""
