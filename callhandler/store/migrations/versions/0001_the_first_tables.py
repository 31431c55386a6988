"""The first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "about",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("schema_version", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('LIVE', 'TRAINING')", name=op.f("ck_about_kind")),
        sa.CheckConstraint("id = 1", name=op.f("ck_about_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_about")),
    )
    op.create_table(
        "desk_user",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("display", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_user")),
        sa.UniqueConstraint("name", name=op.f("uq_desk_user_name")),
    )
    op.create_table(
        "head",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_head_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_head")),
    )
    op.create_table(
        "import_file",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
    )
    op.create_table(
        "journal",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("prev", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
        sa.UniqueConstraint("prev", name=op.f("uq_journal_prev")),
    )
    op.create_table(
        "marker",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.BigInteger(), nullable=False),
        sa.Column("happened_precision", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "happened_precision IN ('minute', 'day', 'month', 'year', 'unknown')",
            name=op.f("ck_marker_happened_precision"),
        ),
        sa.CheckConstraint(
            "subject IN ('person', 'place', 'number', 'vehicle')", name=op.f("ck_marker_subject")
        ),
        sa.CheckConstraint("told IN ('yes', 'no', 'unknown')", name=op.f("ck_marker_told")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marker")),
    )
    with op.batch_alter_table("marker", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_marker_subject_subject_id"), ["subject", "subject_id"], unique=False
        )

    op.create_table(
        "number",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("e164", sa.Text(), nullable=False),
        sa.Column("as_given", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number")),
        sa.UniqueConstraint("e164", name=op.f("uq_number_e164")),
    )
    op.create_table(
        "person",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("born", sa.Text(), nullable=False),
        sa.Column("named", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("uuid", name=op.f("uq_person_uuid")),
    )
    op.create_table(
        "place",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("uuid", name=op.f("uq_place_uuid")),
    )
    op.create_table(
        "policy_activation",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_activation")),
    )
    op.create_table(
        "policy_pack",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_pack")),
        sa.UniqueConstraint("digest", name=op.f("uq_policy_pack_digest")),
    )
    op.create_table(
        "credential",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["desk_user.id"], name=op.f("fk_credential_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
    )
    with op.batch_alter_table("credential", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credential_user_id"), ["user_id"], unique=False)

    op.create_table(
        "desk_session",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("workstation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["desk_user.id"], name=op.f("fk_desk_session_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_session")),
    )
    with op.batch_alter_table("desk_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_desk_session_user_id_known_at"), ["user_id", "known_at"], unique=False
        )

    op.create_table(
        "incident",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.BigInteger(), nullable=False),
        sa.Column("happened_precision", sa.Text(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=True),
        sa.Column("number_id", sa.BigInteger(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("undone", sa.Text(), nullable=False),
        sa.Column("target_met", sa.Text(), nullable=False),
        sa.Column("live", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "happened_precision IN ('minute', 'day', 'month', 'year', 'unknown')",
            name=op.f("ck_incident_happened_precision"),
        ),
        sa.CheckConstraint("target_met IN ('yes', 'no', 'unknown')", name=op.f("ck_incident_target_met")),
        sa.ForeignKeyConstraint(["number_id"], ["number.id"], name=op.f("fk_incident_number_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_incident_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("uuid", name=op.f("uq_incident_uuid")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_live_id"), ["live", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_incident_number_id_happened_at"), ["number_id", "happened_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_incident_place_id_happened_at"), ["place_id", "happened_at"], unique=False
        )

    op.create_table(
        "number_tie",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("number_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["number_id"], ["number.id"], name=op.f("fk_number_tie_number_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_number_tie_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_tie")),
    )
    with op.batch_alter_table("number_tie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_number_tie_number_id"), ["number_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_number_tie_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_name",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_name_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_name")),
    )
    with op.batch_alter_table("person_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_name_folded"), ["folded"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_name_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_record",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.BigInteger(), nullable=False),
        sa.Column("happened_precision", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "happened_precision IN ('minute', 'day', 'month', 'year', 'unknown')",
            name=op.f("ck_person_record_happened_precision"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_record_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_record")),
    )
    with op.batch_alter_table("person_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_record_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_tie",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("a", sa.BigInteger(), nullable=False),
        sa.Column("b", sa.BigInteger(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "relation IN ('partner', 'ex_partner', 'parent', 'child', 'sibling', 'relative', 'neighbour', 'other')",
            name=op.f("ck_person_tie_relation"),
        ),
        sa.ForeignKeyConstraint(["a"], ["person.id"], name=op.f("fk_person_tie_a")),
        sa.ForeignKeyConstraint(["b"], ["person.id"], name=op.f("fk_person_tie_b")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_tie")),
    )
    with op.batch_alter_table("person_tie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_tie_a"), ["a"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_tie_b"), ["b"], unique=False)

    op.create_table(
        "place_name",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_place_name_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_name")),
    )
    with op.batch_alter_table("place_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_name_folded"), ["folded"], unique=False)

    op.create_table(
        "place_tie",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("tie", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.BigInteger(), nullable=False),
        sa.Column("happened_precision", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "happened_precision IN ('minute', 'day', 'month', 'year', 'unknown')",
            name=op.f("ck_place_tie_happened_precision"),
        ),
        sa.CheckConstraint(
            "tie IN ('lives', 'family_home', 'works', 'stays', 'frequents')", name=op.f("ck_place_tie_tie")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_place_tie_person_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_place_tie_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_tie")),
    )
    with op.batch_alter_table("place_tie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_tie_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_tie_place_id"), ["place_id"], unique=False)

    op.create_table(
        "role_grant",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=True),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "role IN ('handler', 'dispatcher', 'supervisor', 'reviewer', 'trainer', 'administrator')",
            name=op.f("ck_role_grant_role"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["desk_user.id"], name=op.f("fk_role_grant_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_user_id"), ["user_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_grant_role_user_id"), ["role", "user_id"], unique=False)

    op.create_table(
        "vehicle",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("registration", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_vehicle_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle")),
    )
    with op.batch_alter_table("vehicle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vehicle_person_id"), ["person_id"], unique=False)

    op.create_table(
        "assessment",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.Column("floor_rank", sa.BigInteger(), nullable=False),
        sa.Column("policy_digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_assessment_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_incident_id_id"), ["incident_id", "id"], unique=False)

    op.create_table(
        "call",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("number_id", sa.BigInteger(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("direction IN ('in', 'out')", name=op.f("ck_call_direction")),
        sa.CheckConstraint(
            "outcome IN ('answered', 'silent', 'abandoned', 'line_cut', 'no_answer', 'other_speaker')",
            name=op.f("ck_call_outcome"),
        ),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_call_incident_id")),
        sa.ForeignKeyConstraint(["number_id"], ["number.id"], name=op.f("fk_call_number_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("uuid", name=op.f("uq_call_uuid")),
    )
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_number_id"), ["number_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_incident_id_id"), ["incident_id", "id"], unique=False)

    op.create_table(
        "civil_order",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=True),
        sa.Column("protected_id", sa.BigInteger(), nullable=True),
        sa.Column("respondent_id", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("court", sa.Text(), nullable=False),
        sa.Column("without_notice", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=True),
        sa.Column("made_precision", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("until_further_order", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "made_precision IN ('minute', 'day', 'month', 'year', 'unknown')",
            name=op.f("ck_civil_order_made_precision"),
        ),
        sa.CheckConstraint(
            "without_notice IN ('yes', 'no', 'unknown')", name=op.f("ck_civil_order_without_notice")
        ),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_civil_order_incident_id")),
        sa.ForeignKeyConstraint(["protected_id"], ["person.id"], name=op.f("fk_civil_order_protected_id")),
        sa.ForeignKeyConstraint(["respondent_id"], ["person.id"], name=op.f("fk_civil_order_respondent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_civil_order")),
        sa.UniqueConstraint("uuid", name=op.f("uq_civil_order_uuid")),
    )
    with op.batch_alter_table("civil_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_civil_order_protected_id"), ["protected_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_civil_order_respondent_id"), ["respondent_id"], unique=False)

    op.create_table(
        "confirmation",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("about_id", sa.BigInteger(), nullable=True),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["about_id"], ["person.id"], name=op.f("fk_confirmation_about_id")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_confirmation_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
        sa.UniqueConstraint("uuid", name=op.f("uq_confirmation_uuid")),
    )
    with op.batch_alter_table("confirmation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_confirmation_incident_id_id"), ["incident_id", "id"], unique=False
        )

    op.create_table(
        "consultation",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("place_id", sa.BigInteger(), nullable=True),
        sa.Column("incident_id", sa.BigInteger(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_consultation_incident_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consultation_person_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_consultation_place_id")),
        sa.ForeignKeyConstraint(["user_id"], ["desk_user.id"], name=op.f("fk_consultation_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
    )
    op.create_table(
        "enquiry",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'done', 'dropped')", name=op.f("ck_enquiry_state")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_enquiry_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry")),
    )
    with op.batch_alter_table("enquiry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enquiry_incident_id"), ["incident_id"], unique=False)

    op.create_table(
        "history_count",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("counted", sa.Text(), nullable=False),
        sa.Column("span", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("subject IN ('person', 'place', 'number')", name=op.f("ck_history_count_subject")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_history_count_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_count")),
    )
    with op.batch_alter_table("history_count", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_history_count_subject_subject_id"), ["subject", "subject_id"], unique=False
        )

    op.create_table(
        "incident_type",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_incident_type_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_type")),
    )
    with op.batch_alter_table("incident_type", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_type_incident_id"), ["incident_id"], unique=False)

    op.create_table(
        "link_judgement",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("linked_id", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.CheckConstraint("verdict IN ('linked', 'not_linked')", name=op.f("ck_link_judgement_verdict")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_link_judgement_incident_id")),
        sa.ForeignKeyConstraint(["linked_id"], ["incident.id"], name=op.f("fk_link_judgement_linked_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_judgement")),
    )
    op.create_table(
        "move",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('at', 'going_to')", name=op.f("ck_move_kind")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_move_incident_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_move_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move")),
    )
    with op.batch_alter_table("move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_move_place_id"), ["place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_move_incident_id_id"), ["incident_id", "id"], unique=False)

    op.create_table(
        "party",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "role IN ('caller', 'at_risk', 'suspect', 'witness', 'child', 'reporter')",
            name=op.f("ck_party_role"),
        ),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_party_incident_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_party_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
    )
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_party_incident_id_person_id"), ["incident_id", "person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_party_person_id_incident_id"), ["person_id", "incident_id"], unique=False
        )

    op.create_table(
        "police_warning",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.BigInteger(), nullable=False),
        sa.Column("happened_precision", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "happened_precision IN ('minute', 'day', 'month', 'year', 'unknown')",
            name=op.f("ck_police_warning_happened_precision"),
        ),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_police_warning_incident_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_police_warning_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_police_warning")),
    )
    with op.batch_alter_table("police_warning", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_police_warning_person_id"), ["person_id"], unique=False)

    op.create_table(
        "response",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('awaiting', 'unresourced', 'assigned', 'diverted', 'at_scene', 'no_reply', 'resulted')",
            name=op.f("ck_response_state"),
        ),
        sa.CheckConstraint("target IN ('at_risk', 'suspect')", name=op.f("ck_response_target")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_response_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
    )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_response_incident_id_id"), ["incident_id", "id"], unique=False)

    op.create_table(
        "risk_assessment",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("level_before", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "done IN ('with_her', 'without_her', 'not_done')", name=op.f("ck_risk_assessment_done")
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_risk_assessment_incident_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_risk_assessment_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_assessment")),
    )
    with op.batch_alter_table("risk_assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_risk_assessment_incident_id"), ["incident_id"], unique=False)

    op.create_table(
        "session_end",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["desk_session.id"], name=op.f("fk_session_end_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_end")),
        sa.UniqueConstraint("session_id", name=op.f("uq_session_end_session_id")),
    )
    op.create_table(
        "task",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_task_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("uuid", name=op.f("uq_task_uuid")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_incident_id"), ["incident_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "reply IN ('yes', 'no', 'not_known', 'declined', 'later')", name=op.f("ck_answer_reply")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_answer_call_id")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_answer_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("uuid", name=op.f("uq_answer_uuid")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_incident_id_id"), ["incident_id", "id"], unique=False)

    op.create_table(
        "assessment_warning",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("assessment_id", sa.BigInteger(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("floor_rank", sa.BigInteger(), nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("settled_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "tier IN ('critical', 'serious', 'note')", name=op.f("ck_assessment_warning_tier")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_assessment_warning_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_assessment_warning_incident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_warning")),
        sa.UniqueConstraint("assessment_id", "code", name=op.f("uq_assessment_warning_assessment_id_code")),
    )
    with op.batch_alter_table("assessment_warning", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assessment_warning_assessment_id"), ["assessment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assessment_warning_incident_id_code"), ["incident_id", "code"], unique=False
        )

    op.create_table(
        "disclosure",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=True),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("teller", sa.Text(), nullable=False),
        sa.Column("teller_id", sa.BigInteger(), nullable=True),
        sa.Column("about_id", sa.BigInteger(), nullable=True),
        sa.Column("harmed_id", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("disputed", sa.BigInteger(), nullable=False),
        sa.Column("happened_at", sa.BigInteger(), nullable=False),
        sa.Column("happened_precision", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "happened_precision IN ('minute', 'day', 'month', 'year', 'unknown')",
            name=op.f("ck_disclosure_happened_precision"),
        ),
        sa.CheckConstraint("stance IN ('told', 'denied')", name=op.f("ck_disclosure_stance")),
        sa.ForeignKeyConstraint(["about_id"], ["person.id"], name=op.f("fk_disclosure_about_id")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_disclosure_call_id")),
        sa.ForeignKeyConstraint(["harmed_id"], ["person.id"], name=op.f("fk_disclosure_harmed_id")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_disclosure_incident_id")),
        sa.ForeignKeyConstraint(["teller_id"], ["person.id"], name=op.f("fk_disclosure_teller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("uuid", name=op.f("uq_disclosure_uuid")),
    )
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disclosure_incident_id_id"), ["incident_id", "id"], unique=False)

    op.create_table(
        "log_entry",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("call_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('note', 'system', 'message', 'notification', 'check')", name=op.f("ck_log_entry_kind")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_log_entry_call_id")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_log_entry_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entry")),
        sa.UniqueConstraint("uuid", name=op.f("uq_log_entry_uuid")),
    )
    with op.batch_alter_table("log_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_log_entry_incident_id_id"), ["incident_id", "id"], unique=False)

    op.create_table(
        "order_fact",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("verified", sa.BigInteger(), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_order_fact_incident_id")),
        sa.ForeignKeyConstraint(["order_id"], ["civil_order.id"], name=op.f("fk_order_fact_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_fact")),
    )
    with op.batch_alter_table("order_fact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_fact_order_id"), ["order_id"], unique=False)

    op.create_table(
        "order_term",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("attached", sa.Text(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=True),
        sa.Column("metres", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("attached IN ('person', 'place')", name=op.f("ck_order_term_attached")),
        sa.ForeignKeyConstraint(["order_id"], ["civil_order.id"], name=op.f("fk_order_term_order_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_order_term_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_term")),
    )
    with op.batch_alter_table("order_term", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_term_order_id"), ["order_id"], unique=False)

    op.create_table(
        "receipt",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("move_id", sa.BigInteger(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_receipt_incident_id")),
        sa.ForeignKeyConstraint(["move_id"], ["move.id"], name=op.f("fk_receipt_move_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
    )
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receipt_incident_id"), ["incident_id"], unique=False)

    op.create_table(
        "request",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("assessment_id", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("act IN ('grade', 'close', 'receive')", name=op.f("ck_request_act")),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_request_assessment_id")),
        sa.ForeignKeyConstraint(["author_id"], ["desk_user.id"], name=op.f("fk_request_author_id")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_request_incident_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.UniqueConstraint("uuid", name=op.f("uq_request_uuid")),
    )
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_incident_id_id"), ["incident_id", "id"], unique=False)

    op.create_table(
        "task_done",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_done_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_done")),
        sa.UniqueConstraint("task_id", name=op.f("uq_task_done_task_id")),
    )
    op.create_table(
        "agreement",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("assessment_id", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("verdict IN ('agree', 'keep', 'take_over')", name=op.f("ck_agreement_verdict")),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_agreement_says_why")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_agreement_assessment_id")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["desk_user.id"], name=op.f("fk_agreement_author_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_agreement_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_request_id"), ["request_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.BigInteger(), nullable=False),
        sa.Column("assessment_id", sa.BigInteger(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=True),
        sa.Column("call_id", sa.BigInteger(), nullable=True),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("target_minutes", sa.BigInteger(), nullable=True),
        sa.Column("gate", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("act IN ('grade', 'close', 'receive')", name=op.f("ck_decision_act")),
        sa.CheckConstraint(
            "gate IN ('none', 'reason', 'rationale', 'rationale_and_agreement')",
            name=op.f("ck_decision_gate"),
        ),
        sa.CheckConstraint("rank BETWEEN 1 AND 99", name=op.f("ck_decision_rank")),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_decision_assessment_id")),
        sa.ForeignKeyConstraint(["author_id"], ["desk_user.id"], name=op.f("fk_decision_author_id")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_decision_call_id")),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_decision_incident_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_decision_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("uuid", name=op.f("uq_decision_uuid")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_incident_id_id"), ["incident_id", "id"], unique=False)

    op.create_table(
        "follow_up",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("disclosure_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["disclosure.id"], name=op.f("fk_follow_up_disclosure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_disclosure_id"), ["disclosure_id"], unique=False)

    op.create_table(
        "rationale",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "length(trim(reason)) > 0 OR length(trim(ground)) > 0", name=op.f("ck_rationale_says_something")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["desk_user.id"], name=op.f("fk_rationale_author_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_rationale_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rationale")),
    )
    with op.batch_alter_table("rationale", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rationale_request_id"), ["request_id"], unique=False)

    op.create_table(
        "rationale_answer",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("warning", sa.Text(), nullable=False),
        sa.Column("what_changed", sa.Text(), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("how_checked", sa.Text(), nullable=False),
        sa.Column("accepted", sa.BigInteger(), nullable=False),
        sa.Column("why_not", sa.Text(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "accepted = 0 OR (length(trim(what_changed)) > 0 AND length(said_by) > 0 AND length(how_checked) > 0)",
            name=op.f("ck_rationale_answer_accepted_is_whole"),
        ),
        sa.ForeignKeyConstraint(["author_id"], ["desk_user.id"], name=op.f("fk_rationale_answer_author_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_rationale_answer_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rationale_answer")),
    )
    with op.batch_alter_table("rationale_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rationale_answer_request_id"), ["request_id"], unique=False)

    op.create_table(
        "refusal",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("assessment_id", sa.BigInteger(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_refusal_assessment_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_refusal_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusal")),
    )


def downgrade() -> None:
    op.drop_table("refusal")
    with op.batch_alter_table("rationale_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rationale_answer_request_id"))

    op.drop_table("rationale_answer")
    with op.batch_alter_table("rationale", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rationale_request_id"))

    op.drop_table("rationale")
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_disclosure_id"))

    op.drop_table("follow_up")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_incident_id_id"))

    op.drop_table("decision")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_request_id"))

    op.drop_table("agreement")
    op.drop_table("task_done")
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_incident_id_id"))

    op.drop_table("request")
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_receipt_incident_id"))

    op.drop_table("receipt")
    with op.batch_alter_table("order_term", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_term_order_id"))

    op.drop_table("order_term")
    with op.batch_alter_table("order_fact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_fact_order_id"))

    op.drop_table("order_fact")
    with op.batch_alter_table("log_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_log_entry_incident_id_id"))

    op.drop_table("log_entry")
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disclosure_incident_id_id"))

    op.drop_table("disclosure")
    with op.batch_alter_table("assessment_warning", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_warning_incident_id_code"))
        batch_op.drop_index(batch_op.f("ix_assessment_warning_assessment_id"))

    op.drop_table("assessment_warning")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_incident_id_id"))

    op.drop_table("answer")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_incident_id"))

    op.drop_table("task")
    op.drop_table("session_end")
    with op.batch_alter_table("risk_assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_risk_assessment_incident_id"))

    op.drop_table("risk_assessment")
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_response_incident_id_id"))

    op.drop_table("response")
    with op.batch_alter_table("police_warning", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_police_warning_person_id"))

    op.drop_table("police_warning")
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_party_person_id_incident_id"))
        batch_op.drop_index(batch_op.f("ix_party_incident_id_person_id"))

    op.drop_table("party")
    with op.batch_alter_table("move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_move_place_id"))
        batch_op.drop_index(batch_op.f("ix_move_incident_id_id"))

    op.drop_table("move")
    op.drop_table("link_judgement")
    with op.batch_alter_table("incident_type", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_type_incident_id"))

    op.drop_table("incident_type")
    with op.batch_alter_table("history_count", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_history_count_subject_subject_id"))

    op.drop_table("history_count")
    with op.batch_alter_table("enquiry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enquiry_incident_id"))

    op.drop_table("enquiry")
    op.drop_table("consultation")
    with op.batch_alter_table("confirmation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_confirmation_incident_id_id"))

    op.drop_table("confirmation")
    with op.batch_alter_table("civil_order", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_civil_order_respondent_id"))
        batch_op.drop_index(batch_op.f("ix_civil_order_protected_id"))

    op.drop_table("civil_order")
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_number_id"))
        batch_op.drop_index(batch_op.f("ix_call_incident_id_id"))

    op.drop_table("call")
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_incident_id_id"))

    op.drop_table("assessment")
    with op.batch_alter_table("vehicle", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vehicle_person_id"))

    op.drop_table("vehicle")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_user_id"))
        batch_op.drop_index(batch_op.f("ix_role_grant_role_user_id"))

    op.drop_table("role_grant")
    with op.batch_alter_table("place_tie", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_place_tie_place_id"))
        batch_op.drop_index(batch_op.f("ix_place_tie_person_id"))

    op.drop_table("place_tie")
    with op.batch_alter_table("place_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_place_name_folded"))

    op.drop_table("place_name")
    with op.batch_alter_table("person_tie", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_tie_b"))
        batch_op.drop_index(batch_op.f("ix_person_tie_a"))

    op.drop_table("person_tie")
    with op.batch_alter_table("person_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_record_person_id"))

    op.drop_table("person_record")
    with op.batch_alter_table("person_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_name_person_id"))
        batch_op.drop_index(batch_op.f("ix_person_name_folded"))

    op.drop_table("person_name")
    with op.batch_alter_table("number_tie", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_number_tie_person_id"))
        batch_op.drop_index(batch_op.f("ix_number_tie_number_id"))

    op.drop_table("number_tie")
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_place_id_happened_at"))
        batch_op.drop_index(batch_op.f("ix_incident_number_id_happened_at"))
        batch_op.drop_index(batch_op.f("ix_incident_live_id"))

    op.drop_table("incident")
    with op.batch_alter_table("desk_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_desk_session_user_id_known_at"))

    op.drop_table("desk_session")
    with op.batch_alter_table("credential", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credential_user_id"))

    op.drop_table("credential")
    op.drop_table("policy_pack")
    op.drop_table("policy_activation")
    op.drop_table("place")
    op.drop_table("person")
    op.drop_table("number")
    with op.batch_alter_table("marker", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_marker_subject_subject_id"))

    op.drop_table("marker")
    op.drop_table("journal")
    op.drop_table("import_file")
    op.drop_table("head")
    op.drop_table("desk_user")
    op.drop_table("about")
