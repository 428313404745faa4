"""The method note at the end of a pack: each formula with its source, each number that is declared."""

from collections.abc import Sequence

from services.algo_audit.core.baseline import MiddleBand
from services.algo_audit.core.feasibility import KM_H, FloorParams
from services.algo_audit.core.metrics import DELIVERY_TIME, Direction, Metric
from services.algo_audit.core.pack_model import Cell, Column, Section, Table, Text
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.privacy import WORKERS_BEYOND

METHOD_ID = "method"
"""Comes last in a pack."""

_MEETS = {
    Direction.AT_MOST: Text("数值不高于 τ 的占比", "the share of values up to τ"),
    Direction.AT_LEAST: Text("数值不低于 τ 的占比", "the share of values from τ on"),
}
_SIGN = {Direction.AT_MOST: "≤", Direction.AT_LEAST: "≥"}

CENSORING = (
    Text("未完成订单", "Unfinished orders"),
    Text(
        "Ŝ(t) = ∏ (1 − d(u)/Y(u))，u ≤ t；A(τ) = 1 − Ŝ(τ)。已取消或未完成的订单按右删失处理，不剔除：剔除偏"
        "慢的订单会使中间值偏严。",
        "Ŝ(t) = ∏ (1 − d(u)/Y(u)) over u ≤ t; A(τ) = 1 − Ŝ(τ). Cancelled and unfinished orders are "
        "right-censored, not dropped: dropping the slow ones would make the middle stricter.",
    ),
    Text("Kaplan & Meier 1958", "Kaplan & Meier 1958"),
)
LEAVE_ONE_OUT = (
    Text("对照人群", "Reference"),
    Text(
        "同一分组内其他平台的订单；仅当其他平台样本不足以公布时，才用本平台自身的订单，并在表中注明。不计"
        "入：超过法定时速、恶劣天气、劳动者已超时工作。",
        "Orders of the other platforms in the same cohort; the platform's own only where the others have "
        "too few to publish, and then the table says so. Left out: above the lawful speed, in extreme "
        "weather, by workers over their hours.",
    ),
    Text("一平台不得以自身为尺", "no platform is its own yardstick"),
)


def method_section(
    metric: Metric,
    params: AuditParams,
    *,
    method_version: str,
    data_version: str,
    particular: Sequence[tuple[Text, Text, Text]] = (CENSORING, LEAVE_ONE_OUT),
    with_floor: bool = True,
    suppressed: bool = True,
) -> Section:
    """Formulas, then what is declared. ``particular``: rows (item, formula, source) on what this pack's
    figures do besides; ``suppressed``: whether small cells were held back."""
    floor = with_floor and metric.id == DELIVERY_TIME.id
    rows: list[tuple[Cell, ...]] = [*_formulas(metric, params), *particular]
    if floor:
        rows.append(_FLOOR)
    rows += _parameters(params, floor=floor, suppressed=suppressed, versions=(method_version, data_version))
    return Section(
        id=METHOD_ID,
        title=Text("方法说明", "How the figures are made"),
        paragraphs=(
            Text(
                "每个数字都可由同一份数据重新算出，与计算的人和时间无关。参数由审计方声明，不是测得的；改变"
                "任何一项，结论可能不同。",
                "Each figure can be computed again from the same data, whoever does it and whenever. "
                "Parameters are declared by whoever audits, not measured; with others the verdicts may "
                "differ.",
            ),
        ),
        table=Table(
            (
                Column("item", Text("项目", "item")),
                Column("how", Text("算法或取值", "how, or how much")),
                Column("source", Text("出处或理由", "source, or reason")),
            ),
            tuple(rows),
        ),
    )


def _formulas(metric: Metric, params: AuditParams) -> list[tuple[Text, Text, Text]]:
    sign, meets = _SIGN[metric.direction], _MEETS[metric.direction]
    band = _band(params.middle)
    return [
        (
            Text("达到率 A(τ)", "Attainment A(τ)"),
            Text(
                f"A(τ) = #{{xᵢ {sign} τ}} / n：对照人群中{meets.zh}；严格度 = 1 − A(τ)。",
                f"A(τ) = #{{xᵢ {sign} τ}} / n: {meets.en} in the reference; strictness = 1 − A(τ).",
            ),
            Text("定义", "definition"),
        ),
        (
            Text("分位数 P10–P90", "Percentiles P10–P90"),
            Text(
                "最小的 x，使 #{xᵢ ≤ x}/n ≥ p：总是真实出现过的数值。",
                "The smallest x with #{xᵢ ≤ x}/n ≥ p: always a value that somebody really had.",
            ),
            Text("Hyndman & Fan 1996，第 1 型", "Hyndman & Fan 1996, type 1"),
        ),
        (
            Text("中间区间", "The middle"),
            Text(
                f"达到率为 {band} 的 τ 的范围，以 P50 为中心。有数值与 τ 相等时（如各平台均为 10%），"
                "达到率不低于下限、严格优于 τ 的占比不高于上限，即处于中间区间。",
                f"The range of τ that {band} can meet, with the P50 as its centre. Where values equal τ (all "
                "charge 10 %), τ is within the middle if what meets it is at least the band's lower end, and "
                "what is strictly better than τ at most its upper end.",
            ),
            Text("参数，见下", "a parameter, see below"),
        ),
        (
            Text("置信区间", "Intervals"),
            Text(
                "方差按劳动者聚类：Var(Â) = m/(m−1) × Σ（每名劳动者影响函数之和）²；n_eff = Â(1−Â)/Var × "
                "(z/t)²，t 的自由度由数据得出，至多 m−1；达到率用 Wilson 区间，分位数用次序统计量。"
                "同一劳动者的数据彼此相关，当作独立样本会使区间过窄。",
                "The variance is clustered by worker: Var(Â) = m/(m−1) × Σ(sum of each worker's "
                "influence)²; n_eff = Â(1−Â)/Var × (z/t)², t on the degrees of freedom that the data "
                "show, at most m−1; Wilson's interval for attainment, order statistics for percentiles. "
                "What one worker does is alike: taken as "
                "independent, the interval would be too narrow.",
            ),
            Text(
                "Wilson 1927；Korn & Graubard 1998；Woodruff 1952",
                "Wilson 1927; Korn & Graubard 1998; Woodruff 1952",
            ),
        ),
        (
            Text("最严算法", "Strictest algorithm"),
            Text(
                f"Â 低于中间区间，且“至少{params.strictest_below * 100:g}% 能达到”的单侧 p 值经错误发现率校"
                f"正后 ≤ {params.false_discoveries * 100:g}%。存疑时只称“严于中间区间”或“证据不足”。",
                "Â lies below the middle, and the one-sided p of “at least "
                f"{params.strictest_below * 100:g} % can meet it” is at most "
                f"{params.false_discoveries * 100:g} % after false discovery control. In doubt the word is "
                "“stricter than the middle” or “insufficient evidence”.",
            ),
            Text("Benjamini & Hochberg 1995", "Benjamini & Hochberg 1995"),
        ),
    ]


_LANE_SPEED = Text("电动自行车在非机动车道的最高时速", "e-bikes in the lane for bicycles")
_MODEST = Text("声明值，取值从宽", "declared, and modest on purpose")
_DECLARED = Text("声明值", "declared")
_FLOOR = (
    Text("可行下限", "Floor of feasibility"),
    Text(
        "取货等候 + 距离 / 法定时速 + 交付。低于下限的时限即安全问题，任何建议都不低于下限。",
        "Wait at pick-up + distance / lawful speed + hand-over. A limit below it is a safety finding, and "
        "no recommendation goes below it.",
    ),
    Text(
        "道路交通安全法实施条例 第五十八条",
        "Regulation on the Implementation of the Road Traffic Safety Law, art. 58",
    ),
)


_TENS = (
    Text("取整", "Rounding"),
    "10",
    Text(
        "公示与执行、群体差异、报酬三类表中的订单数和劳动者数取整到十，占比与比值的精度与之相应；删失、剔除和"
        "受影响的数目亦然。是否认定按精确数字作出。分组表中的数字为精确值",
        "orders and workers in the tables of rules as applied, groups and pay are told in tens, shares and "
        "ratios no finer than fits that; so is what is censored, left out or affected. Findings are decided "
        "on the exact numbers; those of cohorts are exact",
    ),
)
_PAY_TAILS = (
    Text("参数：劳动者分位数之外的人数", "Parameter: workers beyond a percentile of workers' values"),
    str(WORKERS_BEYOND),
    Text(
        "按劳动者计的指标，P10、P25、P75、P90 之外的劳动者不足此数的，不公布（报酬表中 P50 区间端点亦然）："
        "分位数是某一名劳动者的实际数值",
        "of whatever is a worker's day or period, P10, P25, P75 and P90 are held back where fewer others lie "
        "beyond (in the table of pay the ends of the P50's interval, too): a percentile is what one worker "
        "earned or did",
    ),
)


def _parameters(
    params: AuditParams, *, floor: bool, suppressed: bool, versions: tuple[str, str]
) -> list[tuple[Cell, ...]]:
    band = _band(params.middle)
    confidence = f"{params.confidence * 100:g} %"
    discoveries = f"{params.false_discoveries * 100:g} %"
    half = f"{params.strictest_below * 100:g} %"
    rows: list[tuple[Text, str, Text]] = [
        (
            Text("参数：中间区间（达到率）", "Parameter: the middle (attainment)"),
            band,
            Text("P50 上下各十个百分点；法规未给出数值", "ten points either side of P50; no source fixes it"),
        ),
        (
            Text("参数：最严算法的界线（达到率）", "Parameter: strictest below (attainment)"),
            half,
            Text(
                "国市监网监发〔2021〕38号 禁止以最严算法作为考核要求，未给数值",
                "国市监网监发〔2021〕38号 forbids the strictest algorithm and gives no number",
            ),
        ),
        (Text("参数：置信水平", "Parameter: confidence"), confidence, Text("通行惯例", "the field's custom")),
        (
            Text("参数：错误发现率", "Parameter: false discovery rate"),
            discoveries,
            Text("通行惯例", "the field's custom"),
        ),
    ]
    if floor:
        speed = f"{params.floor.lawful_speed_m_s / KM_H:g} km/h"
        rows += [
            (
                Text("参数：法定时速", "Parameter: lawful speed"),
                speed,
                _LANE_SPEED if params.floor.lawful_speed_m_s == FloorParams().lawful_speed_m_s else _DECLARED,
            ),
            (
                Text("参数：取货等候", "Parameter: wait at pick-up"),
                f"{params.floor.pickup_wait_s / 60:g} min",
                _MODEST if params.floor.pickup_wait_s == FloorParams().pickup_wait_s else _DECLARED,
            ),
            (
                Text("参数：交付", "Parameter: hand-over"),
                f"{params.floor.handover_s / 60:g} min",
                _MODEST if params.floor.handover_s == FloorParams().handover_s else _DECLARED,
            ),
        ]
    if suppressed:
        rows.append(
            (
                Text("参数：最小公布单元", "Parameter: smallest cell shown"),
                f"{params.minimum.workers} / {params.minimum.orders}",
                Text(
                    "劳动者数 / 订单数；不足则不公布，也不能由相减得出",
                    "workers / orders; smaller ones are held back and cannot be had by subtraction",
                ),
            )
        )
        rows += [_TENS, _PAY_TAILS]
    method_version, data_version = versions
    rows.append(
        (
            Text("方法版本", "Method version"),
            method_version,
            Text("不同版本的数字不可比", "figures of two versions cannot be compared"),
        )
    )
    if data_version:
        rows.append(
            (
                Text("数据版本", "Data version"),
                data_version,
                Text("同一版本，同样的数字", "the same version, the same figures"),
            )
        )
    return [(name, Text(value, value), why) for name, value, why in rows]


def _band(middle: MiddleBand) -> str:
    return f"{middle.low * 100:g}–{middle.high * 100:g} %"
