"""The tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "activity",
        sa.Column("platform_id", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("workers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("platform_id", "area_code", "day", "partition"),
    )
    op.create_table(
        "activity_revision",
        sa.Column("platform_id", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("platform_id", "area_code", "day", "partition"),
    )
    op.create_table(
        "agreement",
        sa.Column("consultation_id", sa.String(), nullable=False),
        sa.Column("platform_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("consultation_id"),
    )
    op.create_table(
        "answer",
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("content_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("create_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("party_id", "request_id"),
    )
    op.create_index("answer_by_age", "answer", ["create_ms"], unique=False)
    op.create_table(
        "area",
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("parent_code", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("area_code"),
    )
    op.create_table(
        "evaluation_count",
        sa.Column("window_key", sa.String(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("expire_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("window_key"),
    )
    op.create_table(
        "party",
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("role", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("area_codes", sa.String(), nullable=False),
        sa.Column("create_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("party_id"),
    )
    op.create_table(
        "pseudonym_link",
        sa.Column("old_version", sa.Integer(), nullable=False),
        sa.Column("old_pseudonym", sa.String(), nullable=False),
        sa.Column("new_pseudonym", sa.String(), nullable=False),
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("create_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("old_version", "old_pseudonym"),
        sa.UniqueConstraint("old_version", "new_pseudonym"),
    )
    op.create_table(
        "signing_key",
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("public_jwk", sa.String(), nullable=False),
        sa.Column("create_ms", sa.BigInteger(), nullable=False),
        sa.Column("expire_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key_id"),
    )
    op.create_table(
        "undone_pseudonym_link",
        sa.Column("old_version", sa.Integer(), nullable=False),
        sa.Column("old_pseudonym", sa.String(), nullable=False),
        sa.Column("new_pseudonym", sa.String(), nullable=False),
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("undo_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("old_version", "old_pseudonym", "new_pseudonym"),
    )
    op.create_table(
        "used_assertion",
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("token_id", sa.String(), nullable=False),
        sa.Column("expire_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "token_id"),
    )
    op.create_index("used_assertion_by_expiry", "used_assertion", ["expire_ms"], unique=False)
    op.create_table(
        "account",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("create_ms", sa.BigInteger(), nullable=False),
        sa.Column("update_ms", sa.BigInteger(), nullable=False),
        sa.Column("totp_secret", sa.String(), nullable=False),
        sa.Column("enrolment_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("enrolment_expire_ms", sa.BigInteger(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("credential_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["party.party_id"],
        ),
        sa.PrimaryKeyConstraint("account_id"),
    )
    op.create_table(
        "credential",
        sa.Column("credential_id", sa.String(), nullable=False),
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("secret_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("create_ms", sa.BigInteger(), nullable=False),
        sa.Column("revoke_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["party.party_id"],
        ),
        sa.PrimaryKeyConstraint("credential_id"),
    )
    op.create_table(
        "duty_finding",
        sa.Column("finding_id", sa.String(), nullable=False),
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["party.party_id"],
        ),
        sa.PrimaryKeyConstraint("finding_id"),
    )
    op.create_index("duty_finding_by_party", "duty_finding", ["party_id"], unique=False)
    op.create_table(
        "party_version",
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["party.party_id"],
        ),
        sa.PrimaryKeyConstraint("party_id", "version"),
    )
    op.create_table(
        "report",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reporter_id", sa.String(), nullable=False),
        sa.Column("platform_id", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reporter_id"],
            ["party.party_id"],
        ),
        sa.PrimaryKeyConstraint("report_id", "version"),
    )
    op.create_index("report_by_quarter", "report", ["quarter"], unique=False)
    op.create_index("report_by_reporter", "report", ["reporter_id"], unique=False)
    op.create_table(
        "rule_document",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("platform_id", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id"],
            ["party.party_id"],
        ),
        sa.PrimaryKeyConstraint("document_id", "version"),
    )
    op.create_table(
        "threshold",
        sa.Column("threshold_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("platform_id", sa.String(), nullable=False),
        sa.Column("metric_id", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("service", sa.Integer(), nullable=False),
        sa.Column("distance_start_m", sa.BigInteger(), nullable=False),
        sa.Column("distance_end_m", sa.BigInteger(), nullable=True),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("effective_ms", sa.BigInteger(), nullable=False),
        sa.Column("create_ms", sa.BigInteger(), nullable=False),
        sa.Column("consultation_id", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["platform_id"],
            ["party.party_id"],
        ),
        sa.PrimaryKeyConstraint("threshold_id", "version"),
    )
    op.create_table(
        "account_owner",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.account_id"],
        ),
        sa.PrimaryKeyConstraint("account_id"),
    )
    op.create_table(
        "client_key",
        sa.Column("credential_id", sa.String(), nullable=False),
        sa.Column("public_jwk", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["credential_id"],
            ["credential.credential_id"],
        ),
        sa.PrimaryKeyConstraint("credential_id"),
    )
