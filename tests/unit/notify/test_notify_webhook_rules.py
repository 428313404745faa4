"""Which addresses are allowed, what an answer means, what is sent."""

from __future__ import annotations

import pytest

from services.notify.core.alerts import Alert, AlertKind
from services.notify.core.findings import Place, Severity
from services.notify.core.text import Text
from services.notify.core.webhooks import Verdict, check_url, envelope, judge
from services.notify.settings import RETRY_AFTER_S


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
        "https://example.gov.cn/" + "x" * 3_000,
    ],
)
def test_anything_else_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        check_url(url)


@pytest.mark.parametrize(
    ("status", "attempts", "verdict"),
    [
        (200, 1, Verdict.DELIVERED),
        (299, 9, Verdict.DELIVERED),
        (410, 1, Verdict.GONE),
        (0, 1, Verdict.LATER),
        (302, 1, Verdict.LATER),
        (404, 2, Verdict.LATER),
        (500, 3, Verdict.LATER),
        (500, 4, Verdict.GIVEN_UP),
    ],
)
def test_what_an_answer_means_with_three_retries(status: int, attempts: int, verdict: Verdict) -> None:
    assert judge(status, attempts, (1.0, 2.0, 3.0)) is verdict


def test_the_schedule_only_lengthens_and_lasts_three_days() -> None:
    assert sorted(RETRY_AFTER_S) == list(RETRY_AFTER_S)
    assert 72 <= sum(RETRY_AFTER_S) / 3600 <= 96


def test_the_envelope_is_a_cloud_event_around_the_alert() -> None:
    alert = Alert(
        alert_id="alert-1",
        kind=AlertKind.WARNING_SENT,
        severity=Severity.BREACH,
        place=Place("swift", "r.continuous-work", "130203"),
        title=Text("已发出警示函", "Warning sent"),
        event_time_ms=1_773_640_800_000,
        create_time_ms=1_773_640_800_123,
        case_id="case-1",
    )
    sent = envelope(alert)
    assert {key: sent[key] for key in ("specversion", "type", "source", "id", "time")} == {
        "specversion": "1.0",
        "type": "quzhong.alert.warning_sent",
        "source": "quzhong/notify",
        "id": "alert-1",
        "time": "2026-03-16T06:00:00.123Z",
    }
    assert sent["data"]["title"] == {"zh": "已发出警示函", "en": "Warning sent"}
    assert sent["data"]["event_time"] == "2026-03-16T06:00:00.000Z"
