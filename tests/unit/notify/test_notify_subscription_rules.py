"""Which addresses are allowed, what an answer means, when a receiver is given up, when a digest is due."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from cloudevents.core.formats.json import JSONFormat
from hypothesis import given
from hypothesis import strategies as st

from services.notify.core.alerts import Alert, AlertKind
from services.notify.core.deliveries import (
    DISABLE_AFTER_FAILURES,
    DISABLE_AFTER_MS,
    NO_RELAY_FOR_MS,
    NO_RELAY_RETRY_S,
    Answer,
    DisabledBody,
    Verdict,
    answer_of_http,
    answer_of_smtp,
    judge,
    worn_out,
)
from services.notify.core.digests import DigestBody, next_digest_ms
from services.notify.core.findings import Place, Severity
from services.notify.core.subscriptions import Channel, Digest, Subscription, Wish, check_mailbox, check_url
from services.notify.core.text import Text
from services.notify.delivery.cloud_events import event_bytes
from services.notify.settings import RETRY_AFTER_S, NotifySettings


@pytest.mark.parametrize(
    "url",
    [
        "https://example.gov.cn/hook",
        "https://example.gov.cn:8443/hook?x=1",
        "http://127.0.0.1:8080/",
        "http://127.9.9.9/",
        "http://localhost/hook",
        "http://[::1]:9000/hook",
    ],
)
def test_https_and_http_to_this_machine_are_allowed(url: str) -> None:
    check_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hook",
        "http://example.gov.cn/hook",
        "http://10.0.0.1/",
        "http://0.0.0.0/",
        "http://localhost.example.com/",
        "http://127.0.0.1.example.com/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "https://",
        "https://user:secret@example.gov.cn/",
        "https://example.gov.cn:99999/",
        "https://[::1/",
        "https://example.gov.cn/\r\nx: y",
        "https://example.gov.cn/a b",
        "https://example.gov.cn/" + "x" * 3_000,
    ],
)
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        check_url(url)


@pytest.mark.parametrize(
    "mailbox",
    ["duty@rsj.tangshan.gov.cn", "a+b_c.d'e@xn--fiqs8s.example", "1@a1.example", "d" * 64 + "@b.example"],
)
def test_a_plain_mailbox_is_allowed(mailbox: str) -> None:
    check_mailbox(mailbox)


@given(
    st.text(max_size=40),
    st.sampled_from(["\r", "\n", "\0", "\t", " ", "<", ">", ",", ";", '"', "（", "\u2028"]),
)
def test_no_mailbox_has_what_could_break_a_header(text: str, forbidden: str) -> None:
    half = len(text) // 2
    for mailbox in (text[:half] + forbidden + text[half:] + "@b.example", f"a@b{forbidden}.example"):
        with pytest.raises(ValueError, match=r".+"):
            check_mailbox(mailbox)


@pytest.mark.parametrize(
    ("status", "answer"),
    [(200, Answer.TAKEN), (299, Answer.TAKEN), (410, Answer.GONE), (0, Answer.FAILED), (302, Answer.FAILED)]
    + [(status, Answer.FAILED) for status in (100, 400, 404, 429, 500, 503)],
)
def test_what_an_http_status_means(status: int, answer: Answer) -> None:
    assert answer_of_http(status) is answer


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (250, Answer.TAKEN),
        (421, Answer.FAILED),
        (450, Answer.FAILED),
        (550, Answer.REFUSED),
        (554, Answer.REFUSED),
    ],
)
def test_what_an_smtp_reply_means(status: int, answer: Answer) -> None:
    assert answer_of_smtp(status) is answer


def test_a_failure_is_tried_again_by_the_schedule_and_then_given_up() -> None:
    schedule = (1.0, 2.0, 3.0)
    assert [judge(Answer.FAILED, tries, schedule) for tries in (1, 2, 3, 4)] == [
        (Verdict.LATER, 1.0),
        (Verdict.LATER, 2.0),
        (Verdict.LATER, 3.0),
        (Verdict.GIVEN_UP, 0.0),
    ]
    assert judge(Answer.FAILED, 1, ()) == (Verdict.GIVEN_UP, 0.0)
    assert judge(Answer.TAKEN, 9, schedule) == (Verdict.DELIVERED, 0.0)
    assert judge(Answer.GONE, 1, schedule) == (Verdict.GONE, 0.0)
    assert judge(Answer.REFUSED, 1, schedule) == (Verdict.GIVEN_UP, 0.0)


def test_our_own_relay_is_asked_again_for_a_week_and_never_less_than_every_five_minutes() -> None:
    waits = [
        judge(Answer.NO_RELAY, tries, RETRY_AFTER_S, age_ms=NO_RELAY_FOR_MS - 1) for tries in range(1, 99)
    ]
    assert {verdict for verdict, _ in waits} == {Verdict.LATER}
    assert waits[0][1] == RETRY_AFTER_S[0]
    assert {wait for _, wait in waits[1:]} == {NO_RELAY_RETRY_S}
    assert judge(Answer.NO_RELAY, 1, RETRY_AFTER_S, age_ms=NO_RELAY_FOR_MS)[0] is Verdict.GIVEN_UP
    assert judge(Answer.NO_RELAY, 1, ()) == (Verdict.LATER, NO_RELAY_RETRY_S)


def test_the_schedule_only_lengthens_lasts_three_days_and_is_shorter_than_what_disables() -> None:
    assert sorted(RETRY_AFTER_S) == list(RETRY_AFTER_S)
    assert 72 <= sum(RETRY_AFTER_S) / 3600 <= 96
    assert sum(RETRY_AFTER_S) * 1000 < DISABLE_AFTER_MS
    assert len(RETRY_AFTER_S) + 1 < DISABLE_AFTER_FAILURES


def test_a_receiver_is_worn_out_by_failures_that_are_many_and_over_days() -> None:
    assert worn_out(DISABLE_AFTER_FAILURES, 0, DISABLE_AFTER_MS)
    assert not worn_out(DISABLE_AFTER_FAILURES - 1, 0, DISABLE_AFTER_MS)
    assert not worn_out(DISABLE_AFTER_FAILURES, 0, DISABLE_AFTER_MS - 1)
    assert not worn_out(10_000, None, DISABLE_AFTER_MS)


def test_both_secrets_sign_while_the_old_one_holds() -> None:
    subscription = Subscription(
        "s", "p", Channel.WEBHOOK, "https://a.example", Wish(), 0, "r", secret="new", old_secret="old",
        old_secret_until_ms=100,
    )  # fmt: skip
    assert subscription.secrets_at(99) == ("new", "old")
    assert subscription.secrets_at(100) == ("new",)


_SHANGHAI = ZoneInfo("Asia/Shanghai")


@given(st.integers(min_value=1_700_000_000_000, max_value=2_000_000_000_000))
def test_a_digest_is_due_at_the_next_whole_hour_or_the_next_eight_in_the_morning(after_ms: int) -> None:
    after = datetime.fromtimestamp(after_ms / 1000, tz=_SHANGHAI)
    hours = [after.replace(minute=0, second=0, microsecond=0) + timedelta(hours=n) for n in (0, 1)]
    mornings = [datetime.combine(after.date() + timedelta(days=n), time(8), tzinfo=_SHANGHAI) for n in (0, 1)]
    for digest, moments in ((Digest.HOURLY, hours), (Digest.DAILY, mornings)):
        due = next(moment for moment in moments if moment.timestamp() * 1000 > after_ms)
        assert next_digest_ms(digest, after_ms) == due.timestamp() * 1000


def test_who_hears_at_once_has_no_digest() -> None:
    with pytest.raises(ValueError, match="NONE"):
        next_digest_ms(Digest.NONE, 0)


ALERT = Alert(
    alert_id="alert-1",
    kind=AlertKind.WARNING_SENT,
    severity=Severity.BREACH,
    place=Place("swift", "r.continuous-work", "130203"),
    title=Text("已发出警示函", "Warning sent"),
    event_time_ms=1_773_633_600_000,
    create_time_ms=1_773_633_600_123,
    case_id="case-1",
    finding_id="f1",
)


def test_an_alert_is_a_cloud_event_that_the_library_reads_back() -> None:
    body = event_bytes(ALERT, "alert-1", ALERT.create_time_ms, aggregates_only=False)
    event = JSONFormat().read(None, body)
    assert (event.get_id(), event.get_type()) == ("alert-1", "quzhong.alert.warning_sent")
    assert event.get_time() == datetime.fromtimestamp(1_773_633_600.123, tz=_SHANGHAI)
    assert event.get_data() == {
        "alert_id": "alert-1",
        "kind": "WARNING_SENT",
        "severity": "BREACH",
        "platform_id": "swift",
        "area_code": "130203",
        "rule_id": "r.continuous-work",
        "case_id": "case-1",
        "finding_id": "f1",
        "title": {"zh": "已发出警示函", "en": "Warning sent"},
        "event_time": "2026-03-16T04:00:00.000Z",
        "create_time": "2026-03-16T04:00:00.123Z",
    }
    hidden = json.loads(event_bytes(ALERT, "alert-1", 0, aggregates_only=True))
    assert hidden["data"]["finding_id"] == ""


def test_a_digest_counts_all_and_lists_some() -> None:
    digest = DigestBody("digest-1", 0, {(AlertKind.WARNING_SENT, Severity.BREACH): 7}, (ALERT,))
    event = json.loads(event_bytes(digest, "digest-1", 0, aggregates_only=True))
    assert event["type"] == "quzhong.digest"
    assert event["data"]["counts"] == [{"kind": "WARNING_SENT", "severity": "BREACH", "alerts": 7}]
    assert (event["data"]["alerts"], event["data"]["not_listed"]) == (7, 6)
    assert event["data"]["listed"][0]["finding_id"] == ""


def test_that_a_subscription_was_disabled_is_told_with_the_reason() -> None:
    told = json.loads(
        event_bytes(DisabledBody("s1", "https://a.example", "410"), "m", 0, aggregates_only=False)
    )
    assert told["type"] == "quzhong.subscription.disabled"
    assert told["data"] == {"subscription_id": "s1", "address": "https://a.example", "reason": "410"}


@pytest.mark.parametrize(
    ("given_settings", "named"),
    [
        ({}, "QUZHONG_NOTIFY_SMTP_SENDER"),
        ({"notify_smtp_sender": "nobody"}, "QUZHONG_NOTIFY_SMTP_SENDER"),
        (
            {"notify_smtp_sender": "a@b.example", "notify_smtp_contact": "x\r\ny@b.example"},
            "QUZHONG_NOTIFY_SMTP_CONTACT",
        ),
        (
            {"notify_smtp_sender": "a@b.example", "notify_smtp_security": "none", "notify_smtp_user": "u"},
            "in the clear",
        ),
    ],
)
def test_half_a_mail_relay_stops_the_start_and_names_the_setting(
    given_settings: dict[str, str], named: str
) -> None:
    with pytest.raises(ValueError, match=named):
        NotifySettings(notify_smtp_host="relay", **given_settings)  # type: ignore[arg-type]
    assert NotifySettings(**given_settings).notify_smtp_host == ""  # type: ignore[arg-type]
