"""The reference integration: plays the script with the Python client, as a platform's own would.

It is what ``--driver python`` runs, and the example to read before writing one's own. By itself, against a
kit that waits for an integration: ``python -m cli.conformance.driver FOLDER``.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import grpc

from quzhong import (
    Advisory,
    AdvisoryKind,
    AdvisoryWatch,
    Client,
    PrivateKeyJwt,
    RetryPolicy,
    bearer,
    correct,
    delete,
    watch_advisories,
)
from quzhong.api.events.v1 import events_pb2
from quzhong.api.notify.v1 import casework_pb2, casework_pb2_grpc, notify_pb2, notify_pb2_grpc
from quzhong.channel import channel_to

HOLDING = (AdvisoryKind.LIMIT_REACHED, AdvisoryKind.NO_PUSH)
"""Advice under which a worker is given no further order."""

LOOK_S = 1.0
"""How often it looks for a warning."""

Row = Mapping[str, Any]
Step = Mapping[str, Any]


class Adviser:
    """Follows the advisories in a thread, and knows what holds for whom."""

    def __init__(self, watch: AdvisoryWatch) -> None:
        self._watch = watch
        self._changed = threading.Condition()
        self._standing: dict[str, Advisory] = {}
        """By finding: the latest replaces the earlier ones."""
        self._thread = threading.Thread(target=self._follow, name="conformance-adviser", daemon=True)
        self._thread.start()

    def of(self, worker_id: str) -> list[Advisory]:
        """What stands about a worker."""
        with self._changed:
            return [one for one in self._standing.values() if one.worker_id == worker_id]

    def wait_for(self, worker_id: str, kind: AdvisoryKind, within_s: float) -> None:
        """Return once such advice has come, or time is over."""
        with self._changed:
            self._changed.wait_for(lambda: any(one.kind is kind for one in self.of(worker_id)), within_s)

    def close(self) -> None:
        """Follow no more."""
        self._watch.close()
        self._thread.join()

    def _follow(self) -> None:
        for each in self._watch:
            with self._changed:
                self._standing[each.advisory.finding_id] = each.advisory
                self._changed.notify_all()


class ReferenceDriver:
    """Plays the script; a context manager."""

    def __init__(
        self,
        connect: Mapping[str, Any],
        script: Mapping[str, Any],
        *,
        folder: Path,
        credentials: grpc.ChannelCredentials | None = None,
    ) -> None:
        """``connect``: what ``connect.json`` says; ``folder``: where it is, and the files that it names."""
        self._script = script
        self.platform_id: str = connect["platform_id"]
        token = (folder / connect["token_file"]).read_text().strip()
        key = (folder / connect["private_key_file"]).read_bytes()
        self.credential = PrivateKeyJwt(connect["client_id"], key, connect["token_url"])
        # Pauses of at most 2 s: a run is short, and its outage too.
        policy = RetryPolicy(max_s=2.0)
        self.address: str = connect["address"]
        self.client = Client(
            self.address,
            self.credential,
            self.platform_id,
            linger_s=0.05,
            retry=policy,
            credentials=credentials,
        )
        self.adviser = Adviser(
            watch_advisories(
                self.address,
                token,
                retry=RetryPolicy(max_s=2.0, give_up_after_s=math.inf),
                credentials=credentials,
            )
        )
        self._channel = channel_to(self.address, credentials)
        self._notify = notify_pb2_grpc.NotifyServiceStub(self._channel)
        self._casework = casework_pb2_grpc.CaseworkServiceStub(self._channel)
        self._metadata = bearer(token)
        self._sent: dict[str, events_pb2.Dispatch] = {}
        self._begun = dt.datetime.fromtimestamp(0, dt.UTC)
        self.scenario_id = ""
        """The scenario that is played."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.adviser.close()
        self.client.close()
        self._channel.close()

    def play(self) -> None:
        """Every scenario, one after another."""
        steps: Mapping[str, Callable[[Step], None]] = {
            "send": lambda step: self.send(step["rows"]),
            "correct": lambda step: self.change(correct(self._sent[step["event_id"]], **step["set"])),
            "delete": lambda step: self.change(delete(self._sent[step["event_id"]])),
            "send_skewed": lambda step: self.send_skewed(step["rows"]),
            "stream": lambda step: self.stream(step["rows"], step["every_ms"] / 1_000),
            "await_advice": lambda step: self.adviser.wait_for(
                step["worker_id"], AdvisoryKind[step["kind"]], step["within_s"]
            ),
            "offer": self.offer,
            "await_notice": lambda step: self.await_notice(step["within_s"]),
            "finish": lambda step: self.send([step["row"]]),
        }
        for scenario in self._script["scenarios"]:
            self.scenario_id = scenario["scenario_id"]
            self._begun = _now()
            for step in scenario["steps"]:
                steps[step["do"]](step)

    def send(self, rows: Iterable[Row]) -> None:
        """One batch, and its answer."""
        self.client.submit_dispatches([self.message(row) for row in rows])

    def change(self, message: events_pb2.Dispatch) -> None:
        """A later version of an event."""
        self._sent[message.event_id] = message
        self.client.submit_dispatches([message])

    def send_skewed(self, rows: Iterable[Row]) -> None:
        """By the wrong clock at first; what is rejected for it once more, by the right one."""
        sent = list(rows)
        answer = self.client.submit_dispatches([self.message(row) for row in sent])
        mended = [
            sent[rejected.index]
            for rejected in answer.rejections
            if rejected.reason == "EVENT_TIME_IN_FUTURE"
        ]
        self.send([{**row, "at_s": row["true_at_s"]} for row in mended])

    def stream(self, rows: Iterable[Row], every_s: float) -> None:
        """Row by row, in the background."""
        for row in rows:
            self.client.add_dispatch(self.message(row))
            time.sleep(every_s)
        self.client.flush()

    def offer(self, step: Step) -> None:
        """Give an order out: to the first whom the advice lets have it."""
        chosen = next((each for each in step["candidates"] if self.may_offer(each)), None)
        if chosen is not None:
            event_id = f"{step['order_id']}-{chosen}"
            self.send([{**step["row"], "event_id": event_id, "worker_id": chosen}])

    def may_offer(self, worker_id: str) -> bool:
        """Whether a worker may be given an order now."""
        return not any(_holds(one) for one in self.adviser.of(worker_id))

    def await_notice(self, within_s: float) -> None:
        """Hear of the warning, read it, acknowledge it."""
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline:
            heard = self._notify.ListAlerts(
                notify_pb2.ListAlertsRequest(filter=notify_pb2.AlertFilter(cases_only=True)),
                metadata=self._metadata,
            )
            for alert in heard.alerts:
                if alert.kind == notify_pb2.ALERT_KIND_WARNING_SENT:
                    self.acknowledge(alert.case_id)
                    return
            time.sleep(LOOK_S)

    def acknowledge(self, case_id: str) -> None:
        """Read a case, and acknowledge its warning."""
        asked = notify_pb2.GetCaseRequest(case_id=case_id)
        for notice in self._notify.GetCase(asked, metadata=self._metadata).notices:
            if notice.kind == notify_pb2.NOTICE_KIND_WARNING:
                self.reply(notice.notice_id)

    def reply(self, notice_id: str) -> None:
        """Acknowledge a letter."""
        acknowledgement = casework_pb2.ReplyToNoticeRequest(
            request_id=f"acknowledge-{notice_id}"[:64],
            notice_id=notice_id,
            kind=casework_pb2.REPLY_KIND_ACKNOWLEDGEMENT,
            text="已收悉。Received.",
        )
        self._casework.ReplyToNotice(acknowledgement, metadata=self._metadata)

    def message(self, row: Row) -> events_pb2.Dispatch:
        """A row of the script as it is sent."""
        message = events_pb2.Dispatch(
            event_id=row["event_id"],
            worker_id=row["worker_id"],
            order_id=row["order_id"],
            kind=events_pb2.DispatchKind.Value(f"DISPATCH_KIND_{row['kind']}"),
            area_code=row["area_code"],
            service=events_pb2.ServiceKind.Value(f"SERVICE_KIND_{row['service']}"),
            vehicle=events_pb2.Vehicle.Value(f"VEHICLE_{row['vehicle']}"),
            distance_m=row.get("distance_m"),
        )
        message.event_time.FromDatetime(self._begun + dt.timedelta(seconds=row["at_s"]))
        self._sent[message.event_id] = message
        return message


def _holds(advice: Advisory) -> bool:
    if advice.kind is AdvisoryKind.NO_PUSH and advice.no_push_end is not None:
        return _now() < advice.no_push_end
    return advice.kind in HOLDING


def _now() -> dt.datetime:
    return dt.datetime.fromtimestamp(int(time.time()), dt.UTC)  # noqa: TID251 - a platform's own clock


def main() -> None:
    """Play the script of a folder that the kit wrote."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "conformance")
    connect, played = (json.loads((folder / f"{name}.json").read_text()) for name in ("connect", "script"))
    with ReferenceDriver(connect, played, folder=folder) as driver:
        driver.play()


if __name__ == "__main__":
    main()
