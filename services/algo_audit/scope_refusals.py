"""Why there is nothing to audit, or to consult on, in a scope that may be asked for."""

from __future__ import annotations

from kit.errors import FailedPreconditionError
from services.algo_audit.core.cohort_keys import DAY_MS, SHANGHAI_OFFSET_MS
from services.algo_audit.core.day_cells import show_day
from services.algo_audit.core.metrics import METRICS


def no_orders(area_code: str, start_ms: int | None, end_ms: int | None) -> FailedPreconditionError:
    """Nobody sent any of the area and period."""
    first, last = _days(start_ms, end_ms)
    since, since_zh = (f" from {first}", f"自 {first} ") if first else ("", "")
    until, until_zh = (f" to {last}", f"至 {last} ") if last else ("", "")
    return FailedPreconditionError(
        f"area_code: no orders in area {area_code}{since}{until}; ask for another area or period, or have "
        "the platforms send them first",
        zh=f"area_code：区域 {area_code} {since_zh}{until_zh}没有订单；请改选区域或时段，或请平台先报送数据",
        field="area_code",
        reason="NO_ORDERS",
    )


def no_thresholds(metric_id: str, area_code: str) -> FailedPreconditionError:
    """Nobody declared any that could be judged."""
    return FailedPreconditionError(
        f"metric_id: no threshold for {metric_id} is in force in all of area {area_code}; platforms "
        "declare them with RegistryService.DeclareThreshold, and one for a county is audited by "
        "auditing that county; a consultation on a first one can be opened without",
        zh=f"metric_id：区域 {area_code} 全域没有生效的 {metric_id} 考核标准；"
        "请平台先申报；仅适用于县（市、区）的标准请按该县（市、区）审计；"
        "尚无标准也可发起协商",
        field="metric_id",
        reason="NO_THRESHOLDS",
    )


def without_values(
    metric_id: str, area_code: str, start_ms: int | None, end_ms: int | None
) -> FailedPreconditionError:
    """Orders there are, and none of them tells what the metric is measured on."""
    metric = METRICS[metric_id]
    first, last = _days(start_ms, end_ms)
    return FailedPreconditionError(
        f"metric_id: of {metric_id} ({metric.name_en}) there are no figures in area {area_code} from {first} "
        f"to {last}, and nobody declared a threshold for it, so there is nothing to consult on; platforms "
        "have to send what it is measured on (ListMetrics names the fields), or consult on another metric "
        "or period",
        zh=f"metric_id：{area_code} 自 {first} 至 {last} 没有 {metric_id}（{metric.name_zh}）的数据，"
        "也无人申报该指标的标准，尚无可协商的内容；请平台报送其所依据的字段（见 ListMetrics），"
        "或改选其他指标、时段",
        field="metric_id",
        reason="METRIC_WITHOUT_DATA",
        metadata={"metric_id": metric_id, "area_code": area_code, "first_day": first, "last_day": last},
    )


def _days(start_ms: int | None, end_ms: int | None) -> tuple[str, str]:
    """The first and the last day; empty where the period is open."""
    moments = start_ms, None if end_ms is None else end_ms - 1
    first, last = (
        "" if moment is None else show_day((moment + SHANGHAI_OFFSET_MS) // DAY_MS) for moment in moments
    )
    return first, last
