"""The folder of rule packs a command works with. A broken pack does not keep the others from being used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cli.output import CommandError
from services.workhours.catalogue import SHIPPED, Catalogue, Found, PackFileError, read_pack
from services.workhours.core.pack_document import PackDocument


class RuleFolder:
    """Rule packs by name, or by the path of their file."""

    def __init__(self, folder: Path | None) -> None:
        """``folder``: None for the packs that come with the product.

        Raises:
            CommandError: if it is no folder.
        """
        self.folder = folder or SHIPPED
        if not self.folder.is_dir():
            raise CommandError(
                f"{self.folder} 不是目录；请用 --rules 指定规则包目录",
                f"{self.folder} is no folder; name the folder of the rule packs with --rules",
                reason="NO_RULES",
            )
        self._catalogue = Catalogue(self.folder, {})
        self.faults: tuple[PackFileError, ...] = self._catalogue.reload()

    @property
    def packs(self) -> list[PackDocument]:
        """By id and start of validity."""
        return list(self._catalogue.packs)

    @property
    def warnings(self) -> list[tuple[str, str]]:
        """The packs that could not be taken, in both languages."""
        return [(f"规则包未采用：{fault}", f"rule pack left out: {fault}") for fault in self.faults]

    def names(self) -> list[str]:
        """The ids there are."""
        return sorted({pack.id for pack in self.packs})

    def find(self, name: str, on: date | None = None) -> Found:
        """A pack by id, alias, ``id@version`` or file.

        Raises:
            KeyError: with the names there are, and what is wrong with those that could not be taken.
            CommandError: if the file is no pack.
        """
        if name.endswith((".yaml", ".yml")):
            return Found(read_or_fail(Path(name)), {}, in_force=True)
        try:
            return self._catalogue.find(name, on)
        except KeyError as unknown:
            left_out = "".join(f"; left out: {fault}" for fault in self.faults)
            raise KeyError(f"{unknown.args[0]}{left_out}") from None


def read_or_fail(file: Path) -> PackDocument:
    """One pack.

    Raises:
        CommandError: with file, line and reason, if it is broken.
        OSError: if it cannot be read.
    """
    try:
        return read_pack(file)
    except PackFileError as fault:
        raise CommandError(f"规则包有误：{fault}", f"broken rule pack: {fault}", reason="BAD_PACK") from None
