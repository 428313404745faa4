"""``quzhong check``: the working-time engine on a file, with no services.

The path from file to verdicts, in order:
    1  the pack: ``--pack``, else the case's ``rule_pack``; in the version in force when the case begins, of a
       CSV file in the latest
    2  the zone: ``--timezone``, else the case's ``tz``, else the pack's
    3  the options: the alias's, those the case's ``params`` name, ``--option``
    4  the rules: those the case asserts, else all; an asserted rule of another option brings that option
    5  the workers' time (`worker_files`), judged rule by rule (`core.pack_judge`)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import typer

from cli.case_params import overridden, stated_options
from cli.check_report import Report, WorkerReport
from cli.file_times import FileTimes, zone_named
from cli.output import CommandError, Output
from cli.rule_folder import RuleFolder
from cli.worker_files import WorkersTime, case_time, csv_time, read_case
from services.workhours.core.coverage import coverage_of
from services.workhours.core.pack_document import PackDocument
from services.workhours.core.pack_judge import judge_pack
from services.workhours.core.rule_pack import Rule, RulePack
from services.workhours.core.timeline import Span, Timeline
from services.workhours.core.verdict import Verdict

_LOCAL: Final = "local"
"""How a case's ``tz`` begins when it names no zone: times of a wall clock without changes, taken as UTC."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for."""

    file: Path
    pack: str | None = None
    until: str | None = None
    timezone: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    rules: Path | None = None
    """A folder of rule packs; None: those shipped."""


@dataclass(frozen=True, slots=True)
class Judging:
    """Rules to judge together: a pack under some options, and which of its rules are asked for."""

    pack: RulePack
    rules: tuple[Rule, ...]


def check(wanted: Wanted, output: Output) -> None:
    """Judge the file and show what was found.

    Raises:
        typer.BadParameter: if an option of the command line does not fit.
        CommandError: if the file or its pack cannot be taken.
        OSError: if a file cannot be read.
    """
    report = judged(wanted)
    for zh, en in report.warnings:
        output.say(f"注意：{zh}", f"note: {en}")
    for fault in report.rejected:
        where = f"{wanted.file.name}, {fault.where}: {fault.field} {fault.value!r}"
        output.say(f"未采用 {where}：{fault.zh}", f"left out {where}: {fault.en}")
    output.result(report.document(), *report.pages(output))


def judged(wanted: Wanted) -> Report:
    """The file's verdicts. Raises as ``check`` does."""
    as_csv = wanted.file.name.removesuffix(".gz").endswith(".csv")
    case: Mapping[str, Any] = {} if as_csv else read_case(wanted.file)
    warnings: list[tuple[str, str]] = []
    document, implied = _pack(wanted, case, warnings)
    times, zone = _times(wanted, case, document)
    until_ms = _until(wanted, times)

    options = {**implied, **stated_options(case, document, wanted.file, warnings), **wanted.options}
    judgings = _judgings(case, document, options, zone, wanted, warnings)
    if as_csv:
        time = csv_time(wanted.file, document.pack, times)
    else:
        time = case_time(case, document.pack, times, until_ms)
    known_until_ms = until_ms if until_ms is not None else time.last_ms()
    workers = [] if known_until_ms is None else _workers(time, judgings, known_until_ms)
    _refuse_if_nothing_is_left(time, wanted.file)
    if as_csv and known_until_ms is not None:
        _refuse_if_nothing_feeds(time, judgings[0].pack, known_until_ms, wanted.file)
        _warn_if_not_in_force(time, document, known_until_ms, times, warnings)
    return Report(
        pack=judgings[0].pack,
        rules=tuple(rule for judging in judgings for rule in judging.rules),
        workers=tuple(workers),
        rejected=tuple(time.rejected),
        warnings=tuple(warnings),
        times=times,
    )


def _workers(time: WorkersTime, judgings: list[Judging], known_until_ms: int) -> Iterable[WorkerReport]:
    timelines = time.timelines(judgings[0].pack, known_until_ms)
    for worker, intervals in sorted(timelines.items()):
        timeline = Timeline.of(intervals, known_until_ms)
        found: list[tuple[Rule, Verdict]] = []
        for judging in judgings:
            verdicts = judge_pack(timeline, judging.pack)
            found += [(rule, verdict) for rule in judging.rules for verdict in verdicts[rule.id]]
        start_ms = min((each.start_ms for each in timeline.intervals), default=known_until_ms)
        coverage = coverage_of(timeline, Span(start_ms, known_until_ms))
        yield WorkerReport(worker, tuple(found), coverage)


def _pack(
    wanted: Wanted, case: Mapping[str, Any], warnings: list[tuple[str, str]]
) -> tuple[PackDocument, Mapping[str, str]]:
    """1: the pack and the options its alias stands for."""
    folder = RuleFolder(wanted.rules)
    name = wanted.pack or case.get("rule_pack")
    if not name:
        raise typer.BadParameter(
            f"{wanted.file.name} names no rule pack; one of: {', '.join(folder.names())}", param_hint="--pack"
        )
    day = _first_day(case)
    try:
        found = folder.find(str(name), day)
    except KeyError as unknown:
        if wanted.pack:
            raise typer.BadParameter(str(unknown.args[0]), param_hint="--pack") from None
        known = ", ".join(folder.names())
        raise CommandError(
            f"{wanted.file}：rule_pack 为 {name!r}，没有这个规则包；可用 {known}，或用 --pack 指定",
            f"{wanted.file}: rule_pack is {name!r}, which is no pack; use one of {known}, or give --pack",
            reason="NO_SUCH_PACK",
        ) from None
    warnings += folder.warnings
    if not found.in_force:
        pack = found.document
        span = f"{pack.valid_from}–{pack.valid_until or ''}"
        warnings.append(
            (
                f"{day} 没有生效的 {pack.id} 版本；按 {pack.version}（{span}）判断",
                f"no version of {pack.id} was in force on {day}; judged by {pack.version} ({span})",
            )
        )
    return found.document, found.implied


def _first_day(case: Mapping[str, Any]) -> date | None:
    """The day on which a case begins, as far as it can be read."""
    starts = [each.get("start") for each in case.get("intervals", ()) if isinstance(each, dict)]
    days = []
    for start in starts:
        try:
            days.append(datetime.fromisoformat(str(start)).date())
        except ValueError:
            continue
    return min(days, default=None)


def _times(wanted: Wanted, case: Mapping[str, Any], document: PackDocument) -> tuple[FileTimes, str | None]:
    """2: how times are read, and the zone in which the pack's days are to be counted instead of its own."""
    if wanted.timezone:
        zone = zone_named(wanted.timezone)
        if zone is None:
            raise typer.BadParameter(
                f"{wanted.timezone!r} is no IANA time zone, e.g. Asia/Shanghai", param_hint="--timezone"
            )
        return FileTimes(zone, named=True), wanted.timezone
    stated = case.get("tz")
    if stated is None:
        own = zone_named(document.pack.time_zone)
        assert own is not None  # the pack's parser has looked it up
        return FileTimes(own, named=True), None
    zone = zone_named(str(stated))
    if zone is not None:
        return FileTimes(zone, named=True), str(stated)
    if str(stated).strip().casefold().startswith(_LOCAL):
        return FileTimes(UTC, named=False), "UTC"
    raise CommandError(
        f'{wanted.file}：tz 为 {stated!r}；请写 IANA 时区名（如 Asia/Shanghai）或 "local"',
        f'{wanted.file}: tz is {stated!r}; write an IANA name such as Asia/Shanghai, or "local"',
        reason="BAD_CASE",
    )


def _until(wanted: Wanted, times: FileTimes) -> int | None:
    if wanted.until is None:
        return None
    try:
        return times.read(wanted.until)
    except ValueError:
        raise typer.BadParameter(
            f"{wanted.until!r} is no ISO 8601 time, e.g. 2026-01-15T12:00:00", param_hint="--until"
        ) from None


def _judgings(
    case: Mapping[str, Any],
    document: PackDocument,
    options: Mapping[str, str],
    zone: str | None,
    wanted: Wanted,
    warnings: list[tuple[str, str]],
) -> list[Judging]:
    """4: the asked-for rules, grouped by the options under which they apply."""
    try:
        base = document.resolve(options, zone=zone)
    except ValueError as unfit:
        raise typer.BadParameter(str(unfit), param_hint="--option") from None
    asked = _asserted(case, document, wanted.file, warnings) or base.rules
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for rule in asked:
        under = options if rule.when.items() <= base.chosen.items() else {**options, **rule.when}
        groups.setdefault(tuple(sorted(under.items())), []).append(rule.id)
    judgings = []
    for under_options, ids in groups.items():
        pack = document.resolve(dict(under_options), zone=zone)
        rules = [rule for rule in pack.rules if rule.id in ids]
        values = overridden(case, document, rules, warnings)
        if values:
            pack = _with_values(document, dict(under_options), zone, values, wanted.file)
        judgings.append(Judging(pack, tuple(rule for rule in pack.rules if rule.id in ids)))
    return judgings


def _with_values(
    document: PackDocument,
    options: Mapping[str, str],
    zone: str | None,
    values: Mapping[tuple[str, str], str],
    file: Path,
) -> RulePack:
    """The pack with the lengths that the case gives."""
    try:
        return document.resolve(options, zone=zone, values=values)
    except ValueError as unfit:
        raise CommandError(
            f"{file}：params 与规则包不符：{unfit}", f"{file}: params do not fit: {unfit}", reason="BAD_CASE"
        ) from None


def _asserted(
    case: Mapping[str, Any], document: PackDocument, file: Path, warnings: list[tuple[str, str]]
) -> tuple[Rule, ...]:
    codes = case.get("asserts_rules") or []
    codes = [codes] if isinstance(codes, str) else codes
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise CommandError(
            f"{file}：asserts_rules 为 {codes!r}；应为规则代码的列表",
            f"{file}: asserts_rules is {codes!r}; write a list of rule codes",
            reason="BAD_CASE",
        )
    known = {name: rule for rule in document.rules for name in (rule.id, rule.code)}
    unknown = [str(code) for code in codes if code not in known]
    there = ", ".join(rule.code for rule in document.rules)
    if codes and len(unknown) == len(codes):
        raise CommandError(
            f"{file}：asserts_rules 为 {', '.join(unknown)}；{document.id} 的规则有 {there}",
            f"{file}: asserts_rules is {', '.join(unknown)}; the rules of {document.id} are {there}",
            reason="NO_SUCH_RULE",
        )
    for code in unknown:
        warnings.append(
            (
                f"asserts_rules：{document.id} 没有规则 {code}（有 {there}）",
                f"asserts_rules: {document.id} has no rule {code} (it has {there})",
            )
        )
    return tuple(rule for rule in document.rules if rule.id in codes or rule.code in codes)


def _refuse_if_nothing_is_left(time: WorkersTime, file: Path) -> None:
    if time.rejected and time.last_ms() is None:
        first = time.rejected[0]
        raise CommandError(
            f"{file}：没有可用的记录；{first.where} 的 {first.field} 为 {first.value!r}：{first.zh}",
            f"{file}: no record can be taken; {first.where}: {first.field} is {first.value!r}: {first.en}",
            reason="NO_RECORDS",
        )


def _refuse_if_nothing_feeds(time: WorkersTime, pack: RulePack, known_until_ms: int, file: Path) -> None:
    if not time.rejected and not any(time.timelines(pack, known_until_ms).values()):
        states = ", ".join(state.id for state in pack.states)
        raise CommandError(
            f"{file}：其中没有 {pack.id} 的规则所看的内容（{states}）；请换规则包，或提供这些状态的时段",
            f"{file}: nothing in it feeds the rules of {pack.id} ({states}); use another pack,"
            " or give intervals",
            reason="NO_RECORDS",
        )


def _warn_if_not_in_force(
    time: WorkersTime,
    document: PackDocument,
    known_until_ms: int,
    times: FileTimes,
    warnings: list[tuple[str, str]],
) -> None:
    """Rows of a time in which this version of the pack was not in force."""
    moments = [each.start_ms for of in time.timelines(document.pack, known_until_ms).values() for each in of]
    days = [datetime.fromtimestamp(ms / 1000, ZoneInfo(document.pack.time_zone)).date() for ms in moments]
    outside = sorted(day for day in days if not document.in_force_on(day))
    if outside:
        span = f"{document.valid_from}–{document.valid_until or ''}"
        warnings.append(
            (
                f"{outside[0]} 等 {len(outside)} 个时段不在 {document.id} {document.version} 的有效期"
                f"（{span}）内",
                f"{len(outside)} records, from {outside[0]} on, lie outside the validity of {document.id}"
                f" {document.version} ({span})",
            )
        )
