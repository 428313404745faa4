"""The consultation pack (协商材料): everything an audit says, in the order in which people need it.

| section                | what                                                                         |
|------------------------|------------------------------------------------------------------------------|
| words                  | one page of plain words: how many cohorts are stricter, who is hurt, what a  |
|                        | threshold at the middle would be                                             |
| standing               | where each declared threshold stands: one row a cohort                       |
| undeclared             | what is done where nothing is declared                                       |
| history                | what was declared, and since when                                            |
| ratchet, ratchet-limits| whether limits tighten at equal distance                                     |
| applied-METRIC         | rules as declared beside rules as applied                                    |
| parity-METRIC, pay     | coarse groups; earnings beside the minimum wage                              |
| what-if, frontier      | what other thresholds would do                                               |
| appeals, data          | appeals against penalties, in numbers; what is wrong with the data           |
| course, offers,        | of the consultation so far (pack_course)                                     |
| offer-effects,         |                                                                              |
| agreement              |                                                                              |
| method                 | formulas with their sources, parameters, versions                            |

The pack of a consultation speaks of one platform; the regulator's may speak of several. No figure is made
here: each is of the audit, which has withheld what may not leave the service.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.algo_audit.core.appeal import AppealCounts
from services.algo_audit.core.audit import METHOD_VERSION, CohortAudit
from services.algo_audit.core.cohort_keys import SERVICES
from services.algo_audit.core.metrics import Metric
from services.algo_audit.core.pack_charges import charge_sections, words_on_charges
from services.algo_audit.core.pack_columns import same
from services.algo_audit.core.pack_method import method_section
from services.algo_audit.core.pack_model import Column, PackDocument, Section, Table, Text
from services.algo_audit.core.pack_standing import standing_section, words_on
from services.algo_audit.core.pack_undeclared import undeclared_section
from services.algo_audit.core.pack_units import distances, shown
from services.algo_audit.core.pack_what_if import CohortWhatIf, what_if_sections
from services.algo_audit.core.params import AuditParams
from services.algo_audit.core.report import Charges
from services.algo_audit.core.shanghai import day
from services.algo_audit.core.thresholds import DeclaredThreshold

WORDS_ID = "words"
_OPENING = "ConsultationService/GetConsultation"
"""What is done where nothing is declared, an audit does not list."""


@dataclass(frozen=True, slots=True)
class PackScope:
    """What the pack is about."""

    metric: Metric
    area: Text
    """Name of the audited area; its code where nobody names it."""
    period_start_ms: int
    """Epoch milliseconds, included."""
    period_end_ms: int
    """Excluded."""
    platforms: Mapping[int, str]
    """Code → id."""
    audit_id: str
    data_version: str
    create_ms: int
    params: AuditParams
    names: Mapping[int, Text] = field(default_factory=dict)
    """Code → what people call the platform; its id where nobody names it."""
    areas: Mapping[int, Text] = field(default_factory=dict)
    """The same of areas that thresholds hold for."""

    def name(self, platform: int) -> Text:
        """What people call a platform."""
        return self.names.get(platform) or same(self.platforms[platform])


def pack_of(
    scope: PackScope,
    cohorts: Sequence[CohortAudit],
    charges: Charges,
    *,
    history: Sequence[DeclaredThreshold] = (),
    what_ifs: Sequence[CohortWhatIf] = (),
    appeals: AppealCounts | None = None,
    undeclared: Sequence[CohortAudit] = (),
) -> PackDocument:
    """The pack of the platforms that ``cohorts`` speak of.

    ``history``: all their declarations of the metric, in force or not. ``appeals``: None where nobody asked
    for them. ``undeclared``: cohorts without a declared threshold (``undeclared.undeclared_in``). Raises
    KeyError for a platform without a name.
    """
    metric = scope.metric
    query = f'AlgoAuditService/GetAudit {{"audit_id": "{scope.audit_id}"}}'
    name = scope.platforms.__getitem__
    mentioned = _mentioned(scope, cohorts, charges)
    whose = [scope.name(code) for code in mentioned]
    sections = [
        _words(scope, mentioned, cohorts, charges, appeals, query),
        *([standing_section(metric, cohorts, name, query=query)] if cohorts else []),
        *([undeclared_section(metric, undeclared, name, query=_OPENING)] if undeclared else []),
        *([_history(scope, history)] if history else []),
        *charge_sections(metric, charges, name, query),
        *what_if_sections(metric, what_ifs, scope.audit_id),
        *([_appeals(appeals, [name(code) for code in mentioned])] if appeals is not None else []),
        method_section(metric, scope.params, method_version=METHOD_VERSION, data_version=scope.data_version),
    ]
    return PackDocument(
        title=Text(
            f"协商材料：{scope.area.zh} {'、'.join(each.zh for each in whose)} {metric.name_zh}",
            f"Consultation pack: {metric.name_en}, {', '.join(each.en for each in whose)}, {scope.area.en}",
        ),
        subtitle=period_words(scope.period_start_ms, scope.period_end_ms),
        data_version=scope.data_version,
        create_ms=scope.create_ms,
        sections=tuple(sections),
    )


def period_words(start_ms: int, end_ms: int) -> Text:
    """The period in days of Asia/Shanghai, its last day named though the end is excluded."""
    first, last = day(start_ms), day(max(start_ms, end_ms - 1))
    return Text(f"数据期间 {first} 至 {last}（北京时间）", f"Data from {first} to {last} (UTC+8)")


def _mentioned(scope: PackScope, cohorts: Sequence[CohortAudit], charges: Charges) -> list[int]:
    """The platforms spoken of, each once. Who declared nothing may be charged all the same."""
    codes = [row.platform for row in cohorts]
    codes += [ratchet.platform for ratchet in charges.ratchets]
    codes += [rule.platform for rule in charges.applied]
    codes += [group.platform for group in charges.parity]
    codes += [pay.platform for pay in charges.pay]
    codes += [issue.platform for issue in charges.data_issues]
    return list(dict.fromkeys([*codes, *scope.names]))


def _words(
    scope: PackScope,
    mentioned: Sequence[int],
    cohorts: Sequence[CohortAudit],
    charges: Charges,
    appeals: AppealCounts | None,
    query: str,
) -> Section:
    said: list[Text] = []
    if not cohorts:
        said.append(
            Text(
                "期间内没有公示过该项标准，因此没有标准可供判定。",
                "Nothing was declared for this metric in the period, so there was no threshold to judge.",
            )
        )
    for code in mentioned:
        if own := [row for row in cohorts if row.platform == code]:
            said += words_on(scope.metric, own, scope.name(code))
        said += words_on_charges(scope.metric, charges, code)
    if appeals is not None and not appeals.suppressed and appeals.filed:
        said.append(
            Text(
                f"期间内有 {appeals.filed} 件申诉：支持 {appeals.upheld} 件，驳回 {appeals.rejected} 件，逾"
                f"期未答复 {appeals.overdue} 件。",
                f"{appeals.filed} appeals against penalties in the period: {appeals.upheld} upheld, "
                f"{appeals.rejected} rejected, {appeals.overdue} not answered in time.",
            )
        )
    return Section(WORDS_ID, Text("本材料说明什么", "What this says"), tuple(said), query=query)


def _history(scope: PackScope, history: Sequence[DeclaredThreshold]) -> Section:
    show = shown(scope.metric.unit)
    services = {value.code: value for value in SERVICES}
    rows = tuple(
        (
            same(scope.platforms[each.platform]),
            Text(services[each.service].zh, services[each.service].en),
            distances(each.min_m, each.max_m),
            scope.areas.get(each.area, same(str(each.area))) if each.area else Text("全部", "everywhere"),
            show.number(each.value),
            same(day(each.effective_from_ms)) if each.effective_from_ms else Text("未注明", "not stated"),
            each.version,
        )
        for each in sorted(history, key=_when)
    )
    columns = (
        Column("platform", Text("平台", "platform")),
        Column("service", Text("业务", "service")),
        Column("distance", Text("距离", "distance")),
        Column("area", Text("地区", "area")),
        Column("value", Text("标准", "threshold"), show.unit),
        Column("effective", Text("生效日期", "from")),
        Column("version", Text("版本", "version"), "number"),
    )
    words = Text("平台公示的标准及其变更。", "What the platform declared, and how it changed.")
    title = Text("公示标准的沿革", "History of the threshold")
    query = "; ".join(
        f'RegistryService/ListThresholds {{"platform_id": "{each}", "metric_id": "{scope.metric.id}"}}'
        for each in dict.fromkeys(scope.platforms[each.platform] for each in history)
    )
    return Section("history", title, (words,), Table(columns, rows), query)


def _when(threshold: DeclaredThreshold) -> tuple[int, int, float, float, int, int]:
    where = threshold.service, threshold.min_m, threshold.max_m
    return threshold.platform, *where, threshold.effective_from_ms, threshold.version


def _appeals(appeals: AppealCounts, platforms: Sequence[str]) -> Section:
    title = Text("申诉", "Appeals")
    query = "; ".join(f'AppealService/ListAppeals {{"platform_id": "{each}"}}' for each in platforms)
    if appeals.suppressed:
        few = Text(
            "期间内有申诉，但涉及劳动者过少，不予公布数量。",
            "There were appeals, by too few workers for their number to be shown.",
        )
        return Section("appeals", title, (few,))
    columns = (
        Column("filed", Text("提出", "filed"), "cases"),
        Column("upheld", Text("支持", "upheld"), "cases"),
        Column("rejected", Text("驳回", "rejected"), "cases"),
        Column("overdue", Text("逾期未答复", "overdue"), "cases"),
    )
    row = appeals.filed, appeals.upheld, appeals.rejected, appeals.overdue
    words = Text(
        "劳动者对罚款提出的申诉及其结果。", "Appeals of workers against penalties, and what became of them."
    )
    return Section("appeals", title, (words,), Table(columns, (row,)), query)
