"""The rule packs of a folder: read, checked one by one and against each other, and read again while in use.

Whatever is wrong with a pack is said with file, line and reason. A pack that was in force goes on when its
file is replaced by a broken one (`Catalogue.reload`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Final

import yaml

from services.workhours.core.pack_document import PackDocument, overlap_of

SHIPPED: Final = Path(str(resources.files("rules")))
"""The packs that come with the product."""

_FIELD: Final = re.compile(r"rule pack: (?P<field>\S+) is ")
"""How `core.document.refusal` begins: it names the field by its path."""
_STEP: Final = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


class PackFileError(ValueError):
    """A pack cannot be taken as it is. The text is for people: file, line, reason and way out."""

    def __init__(self, file: Path, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file = file
        self.line = line
        """From 1."""
        self.reason = reason


def read_pack(file: Path) -> PackDocument:
    """One pack, checked under every option.

    Raises:
        PackFileError: naming the line.
        OSError: if the file cannot be read.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise PackFileError(file, 1, f"not UTF-8: {error.reason} at byte {error.start}") from error
    try:
        tree = _composed(text)
        _refuse_repeated_keys(tree, file)
        loaded = yaml.SafeLoader("").construct_document(tree) if tree is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise PackFileError(file, mark.line + 1 if mark else 1, f"not YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise PackFileError(file, 1, f"not YAML: {error}") from error
    try:
        return PackDocument.of(loaded, source=str(file))
    except ValueError as error:
        raise PackFileError(file, _line_of(tree, str(error)), str(error)) from error


@dataclass(frozen=True, slots=True)
class Found:
    """A pack as it was asked for."""

    document: PackDocument
    implied: Mapping[str, str]
    """The options its alias stands for."""
    in_force: bool
    """Whether the version was in force on the day asked for; if not, it is the one nearest to it."""


class Catalogue:
    """Every pack of a folder; of one id there may be several versions, each with its validity."""

    def __init__(self, folder: Path, packs: Mapping[Path, PackDocument]) -> None:
        """``open`` reads a folder; here the packs are already read and checked."""
        self.folder = folder
        self._packs = dict(packs)

    @staticmethod
    def open(folder: Path = SHIPPED) -> Catalogue:
        """All packs of the folder.

        Raises:
            PackFileError: for the first that is wrong, or two versions that would be in force at once.
            OSError: if a file cannot be read.
        """
        catalogue = Catalogue(folder, {})
        if faults := catalogue.reload():
            raise faults[0]
        return catalogue

    @property
    def packs(self) -> Sequence[PackDocument]:
        """By id and start of validity."""
        return sorted(self._packs.values(), key=lambda pack: (pack.id, pack.valid_from, pack.version))

    def find(self, name: str, on: date | None = None) -> Found:
        """The pack of this id or alias, or ``id@version``: the version in force ``on``
        that day, else the latest.

        Raises:
            KeyError: with the names there are.
        """
        wanted, _, version = name.partition("@")
        versions = [
            pack
            for pack in self.packs
            if wanted in (pack.id, *pack.aliases) and version in ("", pack.version)
        ]
        if not versions:
            known = ", ".join(sorted({pack.id for pack in self.packs}))
            raise KeyError(f"no rule pack {name!r} in {self.folder}; there are: {known}")
        chosen, in_force = versions[-1], True
        if on is not None:
            current = [pack for pack in versions if pack.in_force_on(on)]
            in_force = bool(current)
            past = [pack for pack in versions if pack.valid_from <= on]
            chosen = (current or past or versions[:1])[-1]
        return Found(chosen, chosen.aliases.get(wanted, {}), in_force)

    def reload(self) -> tuple[PackFileError, ...]:
        """Read the folder again. What is wrong is given back, and the pack of before stays in its place."""
        faults: list[PackFileError] = []
        fresh: dict[Path, PackDocument] = {}
        for file in sorted(self.folder.glob("*.yaml")):
            try:
                fresh[file] = read_pack(file)
            except PackFileError as fault:
                faults.append(fault)
                if file in self._packs:
                    fresh[file] = self._packs[file]
        for clash, pack_id in _clashes(fresh):
            faults.append(clash)
            fresh = {file: pack for file, pack in fresh.items() if pack.id != pack_id}
            fresh |= {file: pack for file, pack in self._packs.items() if pack.id == pack_id}
        self._packs = fresh
        return tuple(faults)


def check_files(files: Sequence[Path]) -> tuple[list[PackDocument], list[PackFileError]]:
    """The packs of these files, and what is wrong with each and between them.

    Raises:
        OSError: if a file cannot be read.
    """
    good: dict[Path, PackDocument] = {}
    faults: list[PackFileError] = []
    for file in files:
        try:
            good[file] = read_pack(file)
        except PackFileError as fault:
            faults.append(fault)
    faults += [clash for clash, _ in _clashes(good)]
    return list(good.values()), faults


def _clashes(packs: Mapping[Path, PackDocument]) -> Iterable[tuple[PackFileError, str]]:
    """Versions of one pack that would be in force on the same day, and names that two packs claim."""
    ordered = sorted(packs.items(), key=lambda each: (each[1].id, each[1].valid_from, each[0]))
    for (first_file, first), (file, pack) in pairwise(ordered):
        shared = overlap_of(first, pack)
        if shared is not None:
            reason = (
                f"{pack.id} {pack.version} and {first.version} ({first_file.name}) would both be in force "
                f"from {shared}; end the older one the day before with valid_until"
            )
            yield PackFileError(file, _line_of_key(file, "valid_from"), reason), pack.id
    claimed: dict[str, str] = {}
    for file, pack in ordered:
        for name in (pack.id, *pack.aliases):
            if claimed.setdefault(name, pack.id) != pack.id:
                reason = f"the name {name} belongs to {claimed[name]} already; use another alias"
                yield PackFileError(file, _line_of_key(file, "aliases"), reason), pack.id


def _line_of_key(file: Path, key: str) -> int:
    tree = _composed(file.read_text(encoding="utf-8"))
    return _line_of(tree, f"rule pack: {key} is ")


def _composed(text: str) -> yaml.Node | None:
    """The document with the line of everything in it; by libyaml where it is there, for its speed."""
    return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _line_of(tree: yaml.Node | None, refusal: str) -> int:
    """The line of the field a refusal names, or of what is left of it where it is missing; from 1."""
    match = _FIELD.match(refusal)
    if tree is None:
        return 1
    line = tree.start_mark.line
    node: yaml.Node | None = tree
    for key, index in _STEP.findall(match["field"] if match else ""):
        step = _step(node, key, index)
        if step is None:
            break
        line, node = step
    return int(line) + 1


def _step(node: yaml.Node | None, key: str, index: str) -> tuple[int, yaml.Node] | None:
    match node:
        case yaml.MappingNode(value=pairs):
            for name, value in pairs:
                if name.value == key:
                    return name.start_mark.line, value
        case yaml.SequenceNode(value=items) if index and int(index) < len(items):
            item = items[int(index)]
            return item.start_mark.line, item
    return None


def _refuse_repeated_keys(node: yaml.Node | None, file: Path) -> None:
    """YAML forbids them, but its reader takes the last: a limit written twice must not pass."""
    match node:
        case yaml.MappingNode(value=pairs):
            seen: set[str] = set()
            for name, value in pairs:
                if name.value in seen:
                    raise PackFileError(
                        file, name.start_mark.line + 1, f"{name.value} is given twice; keep one"
                    )
                seen.add(name.value)
                _refuse_repeated_keys(value, file)
        case yaml.SequenceNode(value=items):
            for item in items:
                _refuse_repeated_keys(item, file)
