"""The simulated city as rows to send: identities and order numbers replaced by pseudonyms."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from numpy.typing import NDArray

from cli.arrivals import order_pseudonym
from quzhong import Pseudonymiser
from quzhong.api.events.v1 import events_pb2
from simulator import NOT_STATED, City, Dispatches, Sessions
from simulator.weeks import PARTNER_FIRMS

Row = events_pb2.Dispatch | events_pb2.WorkSession


class CityRows:
    """What each platform of a city hands in."""

    def __init__(self, city: City, pseudonymiser: Pseudonymiser) -> None:
        self._city = city
        self._workers = [pseudonymiser.pseudonym(name) for name in city.worker_names.tolist()]
        self._orders = [order_pseudonym(name) for name in city.order_names.tolist()]

    def count(self, platform: int) -> int:
        """How many rows a platform sends, those that are sent twice counted twice."""
        return len(self._city.stated_dispatches(platform)) + len(self._city.stated_sessions(platform))

    def rows(self) -> Iterator[tuple[int, Row]]:
        """All platforms' rows, each with its platform, in the order in which they arrive."""
        platforms = range(len(self._city.platforms))
        streams = [self._rows(platform) for platform in platforms]
        arrival_ms = [np.sort(np.concatenate(self._arrival_ms(platform))) for platform in platforms]
        platform_of = np.repeat(platforms, [len(each) for each in arrival_ms])
        for platform in platform_of[np.argsort(np.concatenate(arrival_ms), kind="stable")].tolist():
            yield platform, next(streams[platform])

    def _rows(self, platform: int) -> Iterator[Row]:
        dispatches = self._dispatches(self._city.stated_dispatches(platform))
        sessions = self._sessions(self._city.stated_sessions(platform))
        of_dispatches, of_sessions = self._arrival_ms(platform)
        order = np.argsort(np.concatenate([of_dispatches, of_sessions]), kind="stable")
        for is_dispatch in (order < len(of_dispatches)).tolist():
            yield next(dispatches) if is_dispatch else next(sessions)

    def _arrival_ms(self, platform: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """When each dispatch and each session event arrives: as late as the latest event before it."""
        dispatch_ms = self._city.stated_dispatches(platform).time_ms
        session_ms = self._city.stated_sessions(platform).time_ms
        return np.maximum.accumulate(dispatch_ms), np.maximum.accumulate(session_ms)

    def _dispatches(self, table: Dispatches) -> Iterator[events_pb2.Dispatch]:
        for (
            event_id, worker, order, kind, time_ms, area_code, vehicle, service, weather, holiday,
            promised_s, estimated_s, distance_m, pay_fen, commission_fen, penalty_fen, employment_form,
            tenure_band, partner_firm, version, deleted,
        ) in zip(
            table.event_id.tolist(), table.worker.tolist(), table.order.tolist(), table.kind.tolist(),
            table.time_ms.tolist(), table.area_code.tolist(), table.vehicle.tolist(), table.service.tolist(),
            table.weather.tolist(), table.holiday.tolist(), table.promised_s.tolist(),
            table.estimated_s.tolist(), table.distance_m.tolist(), table.pay_fen.tolist(),
            table.commission_fen.tolist(), table.penalty_fen.tolist(), table.employment_form.tolist(),
            table.tenure_band.tolist(), table.partner_firm.tolist(), table.version.tolist(),
            table.deleted.tolist(),
            strict=True,
        ):  # fmt: skip
            yield events_pb2.Dispatch(
                event_id=event_id,
                worker_id=self._workers[worker],
                order_id=self._orders[order],
                event_time=_timestamp(time_ms),
                kind=kind,
                area_code=str(area_code),
                service=service,
                vehicle=vehicle,
                distance_m=_stated(distance_m),
                promised_duration=_duration(promised_s),
                estimated_duration=_duration(estimated_s),
                pay_fen=_stated(pay_fen),
                commission_fen=_stated(commission_fen),
                penalty_fen=_stated(penalty_fen),
                weather=weather,
                statutory_holiday=holiday,
                employment_form=employment_form,
                tenure_band=tenure_band,
                partner_firm_id=PARTNER_FIRMS[partner_firm],
                version=version,
                deleted=deleted,
            )

    def _sessions(self, table: Sessions) -> Iterator[events_pb2.WorkSession]:
        columns = (
            table.event_id, table.worker, table.kind, table.time_ms, table.area_code, table.version,
            table.deleted,
        )  # fmt: skip
        for event_id, worker, kind, time_ms, area_code, version, deleted in zip(
            *(each.tolist() for each in columns), strict=True
        ):
            yield events_pb2.WorkSession(
                event_id=event_id,
                worker_id=self._workers[worker],
                event_time=_timestamp(time_ms),
                kind=kind,
                area_code=str(area_code),
                version=version,
                deleted=deleted,
            )


def _timestamp(time_ms: int) -> Timestamp:
    seconds, milliseconds = divmod(time_ms, 1000)
    return Timestamp(seconds=seconds, nanos=milliseconds * 1_000_000)


def _duration(seconds: int) -> Duration | None:
    return None if seconds == NOT_STATED else Duration(seconds=seconds)


def _stated(value: int) -> int | None:
    return None if value == NOT_STATED else value
