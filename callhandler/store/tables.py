"""The tables, one schema for SQLite and PostgreSQL.

Every row that records a fact takes its id from one sequence, the journal's: an id is the row's place in the order of
receipt. Times are whole microseconds since 1970 UTC. A row's `salt` goes into its digest, so that erasing a row
lawfully leaves nothing that could be guessed from the journal. Nothing is updated: a correction is a new row. Only
`presence`, which records no fact, is.
"""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from callhandler.model.assessment import Act, Gate, Tier, Verdict
from callhandler.model.facts import Assessed, Reply, Stance
from callhandler.model.incident import CallOutcome, Direction, LogKind, OwnerAct, ResponseState, Target
from callhandler.model.location import FixKind
from callhandler.model.people import Relation, Role, Tie
from callhandler.model.proposal import Consent, Decided, ProposalKind
from callhandler.model.when import Precision

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

ROW_ID = BigInteger().with_variant(Integer(), "sqlite")
"""On SQLite an INTEGER primary key is the row's own address: a join needs no further index."""

COPY_TYPES = ("image/jpeg", "image/png", "application/pdf")
"""What a copy of an order may be, told by its content and not by its name."""

SYSTEM_ROLES = ("handler", "dispatcher", "supervisor", "reviewer", "trainer", "administrator")


def _text(name: str, default: str | None = None) -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


def _big(name: str, *, null: bool = False, default: str | None = None) -> Column[int]:
    return Column(name, BigInteger, nullable=null, server_default=default)


def _ref(name: str, table: str, *, null: bool = False) -> Column[int]:
    return Column(name, BigInteger, ForeignKey(f"{table}.id"), nullable=null)


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """A named CHECK that a text column holds one of these words."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _words(column: str, kind: type[StrEnum]) -> CheckConstraint:
    return one_of(column, [member.value for member in kind])


def _fact(name: str, *items: Column[int] | Column[str] | CheckConstraint | UniqueConstraint) -> Table:
    """A table of recorded facts: id from the journal's sequence, salt, when it was recorded."""
    return Table(
        name,
        metadata,
        Column("id", ROW_ID, primary_key=True, autoincrement=False),
        _text("salt"),
        _big("known_at"),
        *items,
    )


about = Table(
    "about",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=False),
    _text("kind"),
    _text("schema_version"),
    _big("created_at"),
    one_of("kind", ("LIVE", "TRAINING")),
    CheckConstraint("id = 1", name="one_row"),
)

head = Table(
    "head",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=False),
    _big("last"),
    _text("hash"),
    CheckConstraint("id = 1", name="one_row"),
)

journal = Table(
    "journal",
    metadata,
    Column("seq", ROW_ID, primary_key=True, autoincrement=False),
    _text("kind"),
    _text("digest"),
    _text("prev"),
    _text("hash"),
    UniqueConstraint("prev"),
)

# Identity
desk_user = _fact("desk_user", _text("name"), _text("display"), UniqueConstraint("name"))
credential = _fact("credential", _ref("user_id", "desk_user"), _text("hash"))
role_grant = _fact(
    "role_grant",
    _ref("user_id", "desk_user"),
    _text("role"),
    _big("from_at"),
    _big("until_at", null=True),
    _text("granted_by"),
    one_of("role", SYSTEM_ROLES),
)
desk_session = _fact("desk_session", _ref("user_id", "desk_user"), _text("workstation"))
session_end = _fact("session_end", _ref("session_id", "desk_session"), UniqueConstraint("session_id"))
# The one row that changes: no fact, but whether a desk's window still runs. Outside the journal.
presence = Table(
    "presence",
    metadata,
    Column("session_id", ROW_ID, ForeignKey("desk_session.id"), primary_key=True, autoincrement=False),
    _big("heard_at", null=True),
)

# The things known
person = _fact("person", _text("uuid"), _text("name"), _text("born"), _big("named"), UniqueConstraint("uuid"))
person_name = _fact("person_name", _ref("person_id", "person"), _text("name"), _text("folded"))
place = _fact(
    "place",
    _text("uuid"),
    _text("label"),
    _text("address"),
    _text("postcode"),
    _text("kind"),
    UniqueConstraint("uuid"),
)
place_name = _fact("place_name", _ref("place_id", "place"), _text("name"), _text("folded"))
number = _fact("number", _text("e164"), _text("as_given"), UniqueConstraint("e164"))
vehicle = _fact("vehicle", _text("registration"), _text("description"), _ref("person_id", "person"))
number_tie = _fact("number_tie", _ref("person_id", "person"), _ref("number_id", "number"))
place_tie = _fact(
    "place_tie",
    _ref("person_id", "person"),
    _ref("place_id", "place"),
    _text("tie"),
    _big("happened_at"),
    _text("happened_precision"),
    _words("tie", Tie),
    _words("happened_precision", Precision),
)
person_tie = _fact(
    "person_tie", _ref("a", "person"), _ref("b", "person"), _text("relation"), _words("relation", Relation)
)

# Incidents
incident = _fact(
    "incident",
    _text("uuid"),
    _text("reference"),
    _text("type"),
    _big("happened_at"),
    _text("happened_precision"),
    _ref("place_id", "place", null=True),
    _ref("number_id", "number", null=True),
    _text("summary"),
    _text("outcome"),
    _text("undone"),
    _text("target_met"),
    _big("live"),
    _text("source"),
    UniqueConstraint("uuid"),
    _words("happened_precision", Precision),
    one_of("target_met", ("yes", "no", "unknown")),
)
incident_type = _fact(
    "incident_type", _ref("incident_id", "incident"), _text("type"), _text("reason"), _text("author")
)
type_qualifier = _fact(
    "type_qualifier",
    _ref("incident_id", "incident"),
    _ref("type_id", "incident_type"),
    _text("qualifier"),
)
call = _fact(
    "call",
    _text("uuid"),
    _ref("incident_id", "incident"),
    _ref("number_id", "number", null=True),
    _text("direction"),
    _text("outcome"),
    _text("speaker"),
    _big("happened_at"),
    UniqueConstraint("uuid"),
    _words("direction", Direction),
    _words("outcome", CallOutcome),
)
log_entry = _fact(
    "log_entry",
    _text("uuid"),
    _ref("incident_id", "incident"),
    _ref("call_id", "call", null=True),
    _text("kind"),
    _text("text"),
    _text("author"),
    _big("happened_at"),
    UniqueConstraint("uuid"),
    _words("kind", LogKind),
)
party = _fact(
    "party", _ref("incident_id", "incident"), _ref("person_id", "person"), _text("role"), _words("role", Role)
)
move = _fact(
    "move",
    _ref("incident_id", "incident"),
    _ref("place_id", "place"),
    _text("kind"),
    _text("room"),
    _text("author"),
    one_of("kind", ("at", "going_to")),
)
network_fix = _fact(
    "network_fix",
    _ref("incident_id", "incident"),
    _ref("call_id", "call", null=True),
    _text("kind"),
    _big("lat_micro", null=True),
    _big("lon_micro", null=True),
    _big("radius_m", null=True),
    _text("address"),
    _big("fixed_at", null=True),
    _text("source"),
    _words("kind", FixKind),
)
place_point = _fact(
    "place_point",
    _ref("place_id", "place"),
    _big("lat_micro"),
    _big("lon_micro"),
    _big("radius_m"),
    _text("source"),
    _text("author"),
)
receipt = _fact(
    "receipt", _ref("incident_id", "incident"), _ref("move_id", "move"), _text("room"), _text("author")
)
response = _fact(
    "response",
    _ref("incident_id", "incident"),
    _text("target"),
    _text("state"),
    _text("note"),
    _text("author"),
    _words("target", Target),
    _words("state", ResponseState),
)
task = _fact(
    "task",
    _text("uuid"),
    _ref("incident_id", "incident"),
    _text("code"),
    _text("text"),
    _text("owner"),
    _big("due_at", null=True),
    UniqueConstraint("uuid"),
)
task_done = _fact(
    "task_done", _ref("task_id", "task"), _text("outcome"), _text("author"), UniqueConstraint("task_id")
)
ownership = _fact(
    "ownership",
    _ref("incident_id", "incident"),
    _text("act"),
    _ref("user_id", "desk_user"),
    _text("room"),
    _text("reason"),
    _ref("author_id", "desk_user"),
    _words("act", OwnerAct),
)
proposal_decision = _fact(
    "proposal_decision",
    _text("uuid"),
    _ref("incident_id", "incident"),
    _ref("recorded_in", "incident"),
    _text("kind"),
    _text("code"),
    _text("decided"),
    _text("owner"),
    _text("consent"),
    _text("reason"),
    _text("author"),
    UniqueConstraint("uuid"),
    _words("kind", ProposalKind),
    _words("decided", Decided),
    _words("consent", Consent),
)
link_judgement = _fact(
    "link_judgement",
    _ref("incident_id", "incident"),
    _ref("linked_id", "incident"),
    _text("verdict"),
    _text("reason"),
    _text("author"),
    one_of("verdict", ("linked", "not_linked")),
)

# What was told, answered, confirmed
disclosure = _fact(
    "disclosure",
    _text("uuid"),
    _ref("incident_id", "incident"),
    _ref("call_id", "call", null=True),
    _text("indicator"),
    _text("stance"),
    _text("teller"),
    _ref("teller_id", "person", null=True),
    _ref("about_id", "person", null=True),
    _ref("harmed_id", "person", null=True),
    _text("words"),
    _text("source"),
    _big("disputed"),
    _big("happened_at"),
    _text("happened_precision"),
    _text("author"),
    UniqueConstraint("uuid"),
    _words("stance", Stance),
    _words("happened_precision", Precision),
)
follow_up = _fact("follow_up", _ref("disclosure_id", "disclosure"), _text("text"), _text("author"))
answer = _fact(
    "answer",
    _text("uuid"),
    _ref("incident_id", "incident"),
    _ref("call_id", "call", null=True),
    _text("question"),
    _text("reply"),
    _text("words"),
    _text("author"),
    UniqueConstraint("uuid"),
    _words("reply", Reply),
)
confirmation = _fact(
    "confirmation",
    _text("uuid"),
    _ref("incident_id", "incident"),
    _text("code"),
    _ref("about_id", "person", null=True),
    _text("said_by"),
    _text("confirmed_by"),
    _text("words"),
    _text("author"),
    UniqueConstraint("uuid"),
)

# What stands from before
marker = _fact(
    "marker",
    _text("subject"),
    _big("subject_id"),
    _text("code"),
    _text("text"),
    _text("set_by"),
    _text("told"),
    _big("happened_at"),
    _text("happened_precision"),
    one_of("subject", ("person", "place", "number", "vehicle")),
    one_of("told", ("yes", "no", "unknown")),
    _words("happened_precision", Precision),
)
police_warning = _fact(
    "police_warning",
    _ref("person_id", "person"),
    _ref("incident_id", "incident", null=True),
    _text("kind"),
    _text("terms"),
    _big("happened_at"),
    _text("happened_precision"),
    _words("happened_precision", Precision),
)
risk_assessment = _fact(
    "risk_assessment",
    _ref("incident_id", "incident"),
    _ref("person_id", "person"),
    _text("done"),
    _text("level"),
    _text("level_before"),
    _text("note"),
    _words("done", Assessed),
)
enquiry = _fact(
    "enquiry",
    _ref("incident_id", "incident"),
    _text("what"),
    _text("state"),
    _text("reason"),
    one_of("state", ("open", "done", "dropped")),
)
person_record = _fact(
    "person_record",
    _ref("person_id", "person"),
    _text("kind"),
    _text("text"),
    _big("happened_at"),
    _text("happened_precision"),
    _words("happened_precision", Precision),
)
history_count = _fact(
    "history_count",
    _ref("incident_id", "incident", null=True),
    _text("subject"),
    _big("subject_id"),
    _big("number"),
    _text("counted"),
    _text("span"),
    _text("source"),
    one_of("subject", ("person", "place", "number")),
)
civil_order = _fact(
    "civil_order",
    _text("uuid"),
    _text("type"),
    _ref("incident_id", "incident", null=True),
    _ref("protected_id", "person", null=True),
    _ref("respondent_id", "person", null=True),
    _text("source"),
    _text("court"),
    _text("without_notice"),
    _big("made_at", null=True),
    _text("made_precision"),
    _big("expires_at", null=True),
    _big("until_further_order"),
    _text("author"),
    UniqueConstraint("uuid"),
    one_of("without_notice", ("yes", "no", "unknown")),
    _words("made_precision", Precision),
)
order_fact = _fact(
    "order_fact",
    _ref("order_id", "civil_order"),
    _ref("incident_id", "incident", null=True),
    _text("kind"),
    _big("at", null=True),
    _big("verified"),
    _text("said_by"),
    _text("words"),
    _text("author"),
)
order_until = _fact(
    "order_until",
    _ref("fact_id", "order_fact"),
    _big("until_at"),
    UniqueConstraint("fact_id"),
)
order_term = _fact(
    "order_term",
    _ref("order_id", "civil_order"),
    _text("kind"),
    _text("text"),
    _text("attached"),
    _ref("place_id", "place", null=True),
    _big("metres", null=True),
    _ref("incident_id", "incident", null=True),
    _big("expires_at", null=True),
    _text("exceptions", ""),
    _text("times", ""),
    _text("arrest_power", "unknown"),
    _big("arrest_until_at", null=True),
    _ref("protected_id", "person", null=True),
    _big("verified", default="0"),
    _text("said_by", ""),
    _text("author", ""),
    one_of("attached", ("person", "place")),
    one_of("arrest_power", ("yes", "no", "unknown")),
    CheckConstraint("attached <> 'person' OR place_id IS NULL", name="place_of_a_place"),
)
order_copy = _fact(
    "order_copy",
    _ref("order_id", "civil_order"),
    _ref("incident_id", "incident", null=True),
    _text("name"),
    _text("media_type"),
    _big("size"),
    _text("sha256"),
    _text("said_by"),
    _text("author"),
    one_of("media_type", COPY_TYPES),
    CheckConstraint("length(sha256) = 64", name="sha256"),
)
file_content = Table(
    "file_content",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""What was attached, once for each content. Rows of the journal name it by digest; it never changes."""

# Judging and deciding
assessment = _fact(
    "assessment", _ref("incident_id", "incident"), _big("upto"), _big("floor_rank"), _text("policy_digest")
)
assessment_warning = _fact(
    "assessment_warning",
    _ref("assessment_id", "assessment"),
    _ref("incident_id", "incident"),
    _text("code"),
    _text("tier"),
    _text("sentence"),
    _text("evidence"),
    _big("floor_rank", null=True),
    _big("since"),
    _big("settled_by", null=True),
    UniqueConstraint("assessment_id", "code"),
    _words("tier", Tier),
)
request = _fact(
    "request",
    _text("uuid"),
    _ref("incident_id", "incident"),
    _ref("assessment_id", "assessment"),
    _text("act"),
    _text("grade"),
    _big("rank"),
    _ref("author_id", "desk_user"),
    UniqueConstraint("uuid"),
    _words("act", Act),
)
rationale = _fact(
    "rationale",
    _ref("request_id", "request"),
    _text("ground"),
    _text("reason"),
    _ref("author_id", "desk_user"),
    CheckConstraint("length(trim(reason)) > 0 OR length(trim(ground)) > 0", name="says_something"),
)
rationale_answer = _fact(
    "rationale_answer",
    _ref("request_id", "request"),
    _text("warning"),
    _text("what_changed"),
    _text("said_by"),
    _text("how_checked"),
    _big("accepted"),
    _text("why_not"),
    _ref("author_id", "desk_user"),
    CheckConstraint(
        "accepted = 0 OR (length(trim(what_changed)) > 0 AND length(said_by) > 0 AND length(how_checked) > 0)",
        name="accepted_is_whole",
    ),
)
refusal = _fact(
    "refusal",
    _ref("request_id", "request"),
    _ref("assessment_id", "assessment"),
    _text("needs"),
)
agreement = _fact(
    "agreement",
    _ref("request_id", "request"),
    _ref("assessment_id", "assessment"),
    _text("verdict"),
    _text("reason"),
    _ref("author_id", "desk_user"),
    _words("verdict", Verdict),
    CheckConstraint("length(trim(reason)) > 0", name="says_why"),
)
decision = _fact(
    "decision",
    _text("uuid"),
    _ref("incident_id", "incident"),
    _ref("assessment_id", "assessment"),
    _ref("request_id", "request", null=True),
    _ref("call_id", "call", null=True),
    _text("act"),
    _text("grade"),
    _big("rank"),
    _big("target_minutes", null=True),
    _text("gate"),
    _text("text"),
    _ref("author_id", "desk_user"),
    UniqueConstraint("uuid"),
    _words("act", Act),
    _words("gate", Gate),
    CheckConstraint("rank BETWEEN 1 AND 99", name="rank"),
)
consultation = _fact(
    "consultation",
    _ref("user_id", "desk_user"),
    _ref("person_id", "person", null=True),
    _ref("place_id", "place", null=True),
    _ref("incident_id", "incident", null=True),
    _text("what"),
    _text("purpose"),
)
policy_pack = _fact("policy_pack", _text("digest"), _text("content"), UniqueConstraint("digest"))
scheme_grade = _fact(
    "scheme_grade",
    _text("digest"),
    _text("grade"),
    _big("rank"),
    _big("target_minutes", null=True),
    UniqueConstraint("digest", "grade"),
)
policy_activation = _fact("policy_activation", _text("digest"), _text("scheme"), _text("author"))
import_file = _fact("import_file", _text("name"), _text("digest"), _big("rows"))

for _table, _columns in (
    ("call", ("incident_id", "id")),
    ("log_entry", ("incident_id", "id")),
    ("party", ("incident_id", "person_id")),
    ("party", ("person_id", "incident_id")),
    ("incident", ("place_id", "happened_at")),
    ("incident", ("number_id", "happened_at")),
    ("incident", ("live", "id")),
    ("disclosure", ("incident_id", "id")),
    ("follow_up", ("disclosure_id",)),
    ("answer", ("incident_id", "id")),
    ("confirmation", ("incident_id", "id")),
    ("marker", ("subject", "subject_id")),
    ("police_warning", ("person_id",)),
    ("risk_assessment", ("incident_id",)),
    ("enquiry", ("incident_id",)),
    ("person_record", ("person_id",)),
    ("history_count", ("subject", "subject_id")),
    ("civil_order", ("protected_id",)),
    ("civil_order", ("respondent_id",)),
    ("order_fact", ("order_id",)),
    ("order_term", ("order_id",)),
    ("order_term", ("incident_id",)),
    ("order_copy", ("order_id",)),
    ("response", ("incident_id", "id")),
    ("move", ("incident_id", "id")),
    ("network_fix", ("incident_id", "id")),
    ("place_point", ("place_id",)),
    ("place_name", ("place_id",)),
    ("receipt", ("incident_id",)),
    ("task", ("incident_id",)),
    ("person_tie", ("a",)),
    ("person_tie", ("b",)),
    ("place_tie", ("person_id",)),
    ("place_tie", ("place_id",)),
    ("number_tie", ("person_id",)),
    ("number_tie", ("number_id",)),
    ("person_name", ("folded",)),
    ("person_name", ("person_id",)),
    ("place_name", ("folded",)),
    ("assessment", ("incident_id", "id")),
    ("assessment_warning", ("assessment_id",)),
    ("assessment_warning", ("incident_id", "code")),
    ("decision", ("incident_id", "id")),
    ("request", ("incident_id", "id")),
    ("rationale", ("request_id",)),
    ("rationale_answer", ("request_id",)),
    ("agreement", ("request_id",)),
    ("incident_type", ("incident_id",)),
    ("type_qualifier", ("incident_id",)),
    ("vehicle", ("person_id",)),
    ("call", ("number_id",)),
    ("move", ("place_id",)),
    ("role_grant", ("role", "user_id")),
    ("role_grant", ("user_id",)),
    ("desk_session", ("user_id", "known_at")),
    ("credential", ("user_id",)),
    ("ownership", ("incident_id", "id")),
    ("proposal_decision", ("incident_id", "id")),
):
    Index(None, *(metadata.tables[_table].c[name] for name in _columns))

JOURNALLED = tuple(t for t in metadata.sorted_tables if "salt" in t.c)
"""Tables whose every row is a link of the journal's chain."""

FACTS_OF_AN_INCIDENT = tuple(
    name
    for name in (
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
)
"""Tables whose rows may change what a warning says: a decision must rest on an assessment newer than all of them."""
