"""The name of a cohort that is a service, or a distance band of it, on one platform."""

from services.algo_audit.core.bands import DistanceBand
from services.algo_audit.core.cohort_keys import SERVICES, Value

_NOT_STATED = Value(0, "service-not-stated", "未注明业务", "service not stated")


def service_band(service: int, band: DistanceBand | None = None) -> Value:
    """Its id, e.g. food-delivery/1000-2000, and what people read."""
    of = next((value for value in SERVICES if value.code == service), _NOT_STATED)
    if band is None:
        return of
    return Value(service, f"{of.id}/{band.id}", f"{of.zh} {band.label_zh}", f"{of.en}, {band.label_en}")
