"""The tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "absences",
        sa.Column("official_id", sa.String(), nullable=False),
        sa.Column("first_date", sa.Date(), nullable=False),
        sa.Column("last_date", sa.Date(), nullable=False),
        sa.Column("deputy_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("official_id", "first_date"),
    )
    op.create_index(op.f("ix_absences_deputy_id"), "absences", ["deputy_id"], unique=False)
    op.create_table(
        "activity",
        sa.Column("platform_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("partition", sa.Integer(), nullable=False),
        sa.Column("workers", sa.Integer(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("platform_id", "day", "area_code", "partition"),
    )
    op.create_table(
        "alerts",
        sa.Column(
            "sequence",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("alert_id", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("platform_id", sa.String(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("finding_id", sa.String(), nullable=False),
        sa.Column("about_worker", sa.Boolean(), nullable=False),
        sa.Column("event_time_ms", sa.BigInteger(), nullable=False),
        sa.Column("create_time_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
        sa.UniqueConstraint("alert_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("alerts_of_platform", "alerts", ["platform_id", "sequence"], unique=False)
    op.create_table(
        "cases",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("platform_id", sa.String(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("openings", sa.Integer(), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.Column("workers", sa.Integer(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=True),
        sa.Column("latest_event_ms", sa.BigInteger(), nullable=False),
        sa.Column("rate_per_thousand", sa.Float(), nullable=True),
        sa.Column("rate_workers", sa.Integer(), nullable=False),
        sa.Column("judge_after_ms", sa.BigInteger(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("extendable_to", sa.Date(), nullable=True),
        sa.Column("watched_from", sa.Date(), nullable=True),
        sa.Column("warned_from", sa.Date(), nullable=True),
        sa.Column("warned_to", sa.Date(), nullable=True),
        sa.Column("settled_through", sa.Date(), nullable=True),
        sa.Column("summonses", sa.Integer(), nullable=False),
        sa.Column("ordered", sa.Boolean(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("step_time_ms", sa.BigInteger(), nullable=False),
        sa.Column("department_ids", sa.JSON(), nullable=False),
        sa.Column("create_time_ms", sa.BigInteger(), nullable=False),
        sa.Column("update_time_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
        sa.UniqueConstraint("platform_id", "rule_id", "area_code", "party_id", name="one_case_a_place"),
    )
    op.create_index("cases_by_deadline", "cases", ["deadline"], unique=False)
    op.create_index("cases_newest", "cases", ["create_time_ms", "case_id"], unique=False)
    op.create_index(op.f("ix_cases_judge_after_ms"), "cases", ["judge_after_ms"], unique=False)
    op.create_table(
        "casework_answers",
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("content_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("response", sa.LargeBinary(), nullable=False),
        sa.Column("create_time_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("party_id", "request_id"),
    )
    op.create_index(
        op.f("ix_casework_answers_create_time_ms"), "casework_answers", ["create_time_ms"], unique=False
    )
    op.create_table(
        "delivery_answers",
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("content_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("create_time_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("party_id", "request_id"),
    )
    op.create_index(
        op.f("ix_delivery_answers_create_time_ms"), "delivery_answers", ["create_time_ms"], unique=False
    )
    op.create_table(
        "findings",
        sa.Column("finding_id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("platform_id", sa.String(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("worker_id", sa.String(), nullable=False),
        sa.Column("event_time_ms", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("citation_zh", sa.String(), nullable=False),
        sa.Column("citation_en", sa.String(), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("finding_id"),
    )
    op.create_index(
        "findings_by_place", "findings", ["platform_id", "rule_id", "area_code", "day"], unique=False
    )
    op.create_table(
        "subscriptions",
        sa.Column("subscription_id", sa.String(), nullable=False),
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("channel", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("old_secret", sa.String(), nullable=False),
        sa.Column("old_secret_until_ms", sa.BigInteger(), nullable=False),
        sa.Column("platform_id", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("least_severity", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.String(), nullable=False),
        sa.Column("cases_only", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.Integer(), nullable=False),
        sa.Column("language", sa.Integer(), nullable=False),
        sa.Column("create_time_ms", sa.BigInteger(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("disabled_reason", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since_ms", sa.BigInteger(), nullable=True),
        sa.Column("next_digest_ms", sa.BigInteger(), nullable=True),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("subscription_id"),
        sa.UniqueConstraint("party_id", "request_id", name="one_subscription_a_request"),
    )
    op.create_index(
        op.f("ix_subscriptions_next_digest_ms"), "subscriptions", ["next_digest_ms"], unique=False
    )
    op.create_table(
        "case_departments",
        sa.Column("department_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.case_id"],
        ),
        sa.PrimaryKeyConstraint("department_id", "case_id"),
    )
    op.create_index(op.f("ix_case_departments_case_id"), "case_departments", ["case_id"], unique=False)
    op.create_table(
        "case_steps",
        sa.Column(
            "step_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("time_ms", sa.BigInteger(), nullable=False),
        sa.Column("from_state", sa.Integer(), nullable=False),
        sa.Column("to_state", sa.Integer(), nullable=False),
        sa.Column("trigger", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("reason_zh", sa.String(), nullable=False),
        sa.Column("reason_en", sa.String(), nullable=False),
        sa.Column("clause_zh", sa.String(), nullable=False),
        sa.Column("clause_en", sa.String(), nullable=False),
        sa.Column("workers", sa.Integer(), nullable=False),
        sa.Column("openings", sa.Integer(), nullable=False),
        sa.Column("case_after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.case_id"],
        ),
        sa.PrimaryKeyConstraint("step_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_case_steps_case_id"), "case_steps", ["case_id"], unique=False)
    op.create_table(
        "digest_items",
        sa.Column("subscription_id", sa.String(), nullable=False),
        sa.Column("alert_id", sa.String(), nullable=False),
        sa.Column("digest_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"],
            ["alerts.alert_id"],
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscriptions.subscription_id"],
        ),
        sa.PrimaryKeyConstraint("subscription_id", "alert_id"),
    )
    op.create_index("digest_items_of_digest", "digest_items", ["subscription_id", "digest_id"], unique=False)
    op.create_table(
        "finding_appeals",
        sa.Column("appeal_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("finding_id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("create_time_ms", sa.BigInteger(), nullable=False),
        sa.Column("decide_time_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.case_id"],
        ),
        sa.PrimaryKeyConstraint("appeal_id"),
    )
    op.create_index("appeals_of_finding", "finding_appeals", ["finding_id"], unique=False)
    op.create_index(op.f("ix_finding_appeals_case_id"), "finding_appeals", ["case_id"], unique=False)
    op.create_table(
        "notices",
        sa.Column("notice_id", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("platform_id", sa.String(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("title_zh", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("body_zh", sa.String(), nullable=False),
        sa.Column("body_en", sa.String(), nullable=False),
        sa.Column("workers", sa.Integer(), nullable=False),
        sa.Column("citations", sa.JSON(), nullable=False),
        sa.Column("policy_id", sa.String(), nullable=False),
        sa.Column("policy_version", sa.String(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("talk_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("create_time_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.case_id"],
        ),
        sa.PrimaryKeyConstraint("notice_id"),
    )
    op.create_index(op.f("ix_notices_case_id"), "notices", ["case_id"], unique=False)
    op.create_table(
        "rechecks",
        sa.Column("recheck_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("before_first", sa.Date(), nullable=False),
        sa.Column("before_last", sa.Date(), nullable=False),
        sa.Column("before_workers", sa.Integer(), nullable=False),
        sa.Column("before_active", sa.Integer(), nullable=False),
        sa.Column("after_first", sa.Date(), nullable=False),
        sa.Column("after_last", sa.Date(), nullable=False),
        sa.Column("after_workers", sa.Integer(), nullable=False),
        sa.Column("after_active", sa.Integer(), nullable=False),
        sa.Column("ratio", sa.Float(), nullable=True),
        sa.Column("ratio_low", sa.Float(), nullable=False),
        sa.Column("ratio_high", sa.Float(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("outcome", sa.Integer(), nullable=False),
        sa.Column("reason_zh", sa.String(), nullable=False),
        sa.Column("reason_en", sa.String(), nullable=False),
        sa.Column("create_time_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.case_id"],
        ),
        sa.PrimaryKeyConstraint("recheck_id"),
    )
    op.create_index(op.f("ix_rechecks_case_id"), "rechecks", ["case_id"], unique=False)
    op.create_table(
        "subscription_deliveries",
        sa.Column(
            "delivery_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("subscription_id", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_status", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.Column("due_time_ms", sa.BigInteger(), nullable=True),
        sa.Column("create_time_ms", sa.BigInteger(), nullable=False),
        sa.Column("update_time_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscriptions.subscription_id"],
        ),
        sa.PrimaryKeyConstraint("delivery_id"),
        sa.UniqueConstraint("subscription_id", "message_id", name="one_delivery_a_message"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "deliveries_first_due",
        "subscription_deliveries",
        ["subscription_id", "due_time_ms"],
        unique=False,
        sqlite_where=sa.text("due_time_ms IS NOT NULL"),
        postgresql_where=sa.text("due_time_ms IS NOT NULL"),
    )
    op.create_index(
        "deliveries_of_subscription",
        "subscription_deliveries",
        ["subscription_id", "delivery_id"],
        unique=False,
    )
    op.create_index(
        "deliveries_waiting",
        "subscription_deliveries",
        ["subscription_id", "delivery_id", "due_time_ms"],
        unique=False,
        sqlite_where=sa.text("due_time_ms IS NOT NULL"),
        postgresql_where=sa.text("due_time_ms IS NOT NULL"),
    )
    op.create_table(
        "talks",
        sa.Column("talk_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("end_ms", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("department_ids", sa.JSON(), nullable=False),
        sa.Column("attendees", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.String(), nullable=False),
        sa.Column("commitments", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.case_id"],
        ),
        sa.PrimaryKeyConstraint("talk_id"),
    )
    op.create_index(op.f("ix_talks_case_id"), "talks", ["case_id"], unique=False)
    op.create_index(op.f("ix_talks_start_ms"), "talks", ["start_ms"], unique=False)
    op.create_table(
        "replies",
        sa.Column("reply_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("notice_id", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("asked_until", sa.Date(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("create_time_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.case_id"],
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["notices.notice_id"],
        ),
        sa.PrimaryKeyConstraint("reply_id"),
    )
    op.create_index(op.f("ix_replies_case_id"), "replies", ["case_id"], unique=False)
    op.create_table(
        "set_aside",
        sa.Column("finding_id", sa.String(), nullable=False),
        sa.Column("appeal_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appeal_id"],
            ["finding_appeals.appeal_id"],
        ),
        sa.PrimaryKeyConstraint("finding_id"),
    )
    op.create_table(
        "attachments",
        sa.Column("attachment_id", sa.String(), nullable=False),
        sa.Column("reply_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reply_id"],
            ["replies.reply_id"],
        ),
        sa.PrimaryKeyConstraint("attachment_id"),
    )
    op.create_index(op.f("ix_attachments_reply_id"), "attachments", ["reply_id"], unique=False)
