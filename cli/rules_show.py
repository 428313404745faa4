"""``quzhong rules list`` and ``show``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer
from rich.text import Text as Line

from cli.output import Output
from cli.rule_folder import RuleFolder
from services.workhours.catalogue import Found
from services.workhours.core.pack_document import PackDocument
from services.workhours.core.rule_pack import Rule
from services.workhours.core.text import Text


def list_packs(folder: Path | None, output: Output) -> None:
    """Every pack, a row each."""
    there = RuleFolder(folder)
    for zh, en in there.warnings:
        output.say(zh, en)
    table = output.table(
        ("规则包", "Rule packs"),
        ("编号", "id"),
        ("版本", "version"),
        ("有效期", "in force"),
        ("行业", "sector"),
        ("名称", "title"),
        ("规则", "rules"),
        text_columns=5,
    )
    table.columns[0].no_wrap = table.columns[2].no_wrap = True
    for pack in there.packs:
        title = output.pick(pack.pack.title.zh, pack.pack.title.en)
        table.add_row(pack.id, pack.version, validity(pack), pack.pack.sector, title, str(len(pack.rules)))
    document = {
        "packs": [_summary(pack) for pack in there.packs],
        "left_out": [
            {"file": str(fault.file), "line": fault.line, "reason": fault.reason} for fault in there.faults
        ],
    }
    output.result(document, table)


def show_pack(name: str, folder: Path | None, output: Output) -> None:
    """One pack whole.

    Raises:
        typer.BadParameter: if there is none of this name.
    """
    found = found_or_usage_error(name, folder, "PACK")
    document = found.document
    pack = document.resolve(found.implied)
    head = Line(f"{output.pick(pack.title.zh, pack.title.en)} · {pack.id} {pack.version}", style="bold")
    facts = Line(f"{validity(document)} · {pack.sector} · {pack.time_zone}")
    options = output.table(
        ("选项", "Options"), ("选项", "option"), ("取值", "values"), ("含义", "meaning"), text_columns=3
    )
    for option in document.options:
        for value in option.values:
            default = "*" if value.id == option.default else ""
            names = " / ".join((value.id + default, *value.aliases))
            options.add_row(option.id, names, output.pick(value.title.zh, value.title.en))
    rules = output.table(
        ("规则", "Rules"),
        ("代码", "code"),
        ("内容", "says"),
        ("参数", "parameters"),
        ("依据", "rests on"),
        text_columns=4,
    )
    for rule in document.rules:
        rules.add_row(
            rule.code,
            output.pick(rule.title.zh, rule.title.en),
            "\n".join(f"{each} = {value}" for each, value in rule.values.items()),
            "\n".join(output.pick(each.title.zh, each.title.en) for each in rule.citations),
        )
    options_table = [options] if document.options else []
    output.result(pack_of(document, found), head, facts, *options_table, rules)


def found_or_usage_error(name: str, folder: Path | None, hint: str) -> Found:
    """The pack of this name.

    Raises:
        typer.BadParameter: if there is none; it names those there are.
        CommandError: if it is a file and broken.
    """
    try:
        return RuleFolder(folder).find(name)
    except KeyError as unknown:
        raise typer.BadParameter(str(unknown.args[0]), param_hint=hint) from None


def validity(pack: PackDocument) -> str:
    """ "2020-09-29–" while it is in force."""
    return f"{pack.valid_from}–{pack.valid_until or ''}"


def both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def rule_of(rule: Rule) -> dict[str, Any]:
    """One rule for programs."""
    tiers = {
        "prompt": rule.texts.prompt,
        "limit_reached": rule.texts.limit_reached,
        "breach": rule.texts.breach,
    }
    return {
        "id": rule.id,
        "code": rule.code,
        "family": rule.family,
        "title": both(rule.title),
        "when": dict(rule.when),
        "params": {
            name: {"value": value, "origin": both(rule.origins[name])} for name, value in rule.values.items()
        },
        "citations": [
            {
                "title": both(each.title),
                "clause": both(each.clause),
                "standing": both(each.standing),
                "issued": str(each.issued),
            }
            for each in rule.citations
        ],
        "texts": {tier: both(text) for tier, text in tiers.items() if text is not None},
    }


def pack_of(document: PackDocument, found: Found) -> dict[str, Any]:
    """One pack for programs; its rules under the options its alias implies."""
    pack = document.resolve(found.implied)
    under = {rule.id: rule for rule in pack.rules}
    return {
        **_summary(document),
        "time_zone": pack.time_zone,
        "states": {state.id: {**both(state.title), "from": state.source} for state in pack.states},
        "options": {
            option.id: {
                "title": both(option.title),
                "default": option.default,
                "chosen": pack.chosen[option.id],
                "values": {
                    value.id: {"title": both(value.title), "aliases": list(value.aliases)}
                    for value in option.values
                },
            }
            for option in document.options
        },
        "rules": [rule_of(under.get(rule.id, rule)) for rule in document.rules],
    }


def _summary(pack: PackDocument) -> dict[str, Any]:
    return {
        "id": pack.id,
        "version": pack.version,
        "title": both(pack.pack.title),
        "valid_from": str(pack.valid_from),
        "valid_until": str(pack.valid_until) if pack.valid_until else None,
        "sector": pack.pack.sector,
        "aliases": {alias: dict(options) for alias, options in pack.aliases.items()},
        "rules": [rule.code for rule in pack.rules],
    }
