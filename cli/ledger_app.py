"""``quzhong ledger …``: its subcommands and their options; what they do is in ``ledger_command``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.options import Json, Lang, output_of

app = typer.Typer(
    help="The ledgers: who did what and why, and whether that was tampered with. 账本：留痕与核验。",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)

DataDir = Annotated[
    Path,
    typer.Option(
        "--data-dir", envvar="QUZHONG_DATA_DIR", help="The services' data folder. 数据目录。", file_okay=False
    ),
]
LedgerName = Annotated[
    str, typer.Option("--ledger", help="Only this one, e.g. registry; else all. 只看这一账本。")
]
StoreUrl = Annotated[
    str, typer.Option("--store", help="postgresql://… of a service instead of a folder. 服务的数据库地址。")
]


@app.command()
def verify(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", exists=True, dir_okay=False, readable=True, show_default=False,
            help="A ledger as `export` wrote it; without it, those of the data folder. 导出的账本文件。",
        ),
    ] = None,
    data_dir: DataDir = Path("var"),
    ledger: LedgerName = "",
    store: StoreUrl = "",
    public_key: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY", show_default=False,
            help="A key you trust: name+id+base64, or a file of it or of PEM. 可信公钥，或其文件。",
        ),
    ] = None,
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True, dir_okay=False, readable=True, show_default=False,
            help="A checkpoint you kept; the ledger must still fit it. 此前留存的检查点。",
        ),
    ] = None,
    json_: Json = False,
    lang: Lang = None,
) -> None:  # fmt: skip
    """Whether ledgers hold; if not, which entry does not, and status 1. 核验账本。

    Every entry's hash, every signature, every number. Without --public-key the key file of the folder is
    trusted, or, of a FILE, the key that the ledger itself names first.

    Examples:

    - `quzhong ledger verify`
    - `quzhong ledger verify registry.jsonl --public-key quzhong/registry+… --json`
    - `quzhong ledger verify --ledger notify --checkpoint kept-in-march.txt`
    """
    from cli.ledger_command import verify_ledgers
    from cli.ledger_places import Place

    if file is not None and (store or ledger):
        raise typer.BadParameter("a FILE is one ledger", param_hint="--store, --ledger")
    with output_of(json_, lang) as output:
        verify_ledgers(
            Place(data_dir, store, ledger, file),
            trusted=public_key or [],
            kept=checkpoint or [],
            output=output,
        )


@app.command()
def export(
    ledger: Annotated[str, typer.Argument(metavar="LEDGER", help="Its name, e.g. registry. 账本名称。")],
    file: Annotated[
        Path,
        typer.Option(
            "--to", help="The file to write; - is stdout. 写入的文件，- 为标准输出。", dir_okay=False
        ),
    ],
    data_dir: DataDir = Path("var"),
    store: StoreUrl = "",
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Write a ledger with its checkpoints as JSON Lines, for auditors without our database. 导出账本。

    Examples:

    - `quzhong ledger export registry --to registry.jsonl`
    - `quzhong ledger export notify --to - | gzip > notify.jsonl.gz`
    """
    from cli.ledger_command import export_ledger
    from cli.ledger_places import Place

    if json_ and str(file) == "-":
        raise typer.BadParameter("one of them", param_hint="--to -, --json")
    with output_of(json_, lang) as output:
        export_ledger(Place(data_dir, store, ledger), file, output)


@app.command()
def show(
    tail: Annotated[
        int, typer.Option(min=1, max=10_000, help="So many of the last entries. 末尾条数。")
    ] = 20,
    data_dir: DataDir = Path("var"),
    ledger: LedgerName = "",
    store: StoreUrl = "",
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """The last entries of each ledger, its public key and its last checkpoint. 查看账本末尾。

    It verifies nothing.

    Examples:

    - `quzhong ledger show --tail 5`
    - `quzhong ledger show --ledger workhours --json`
    """
    from cli.ledger_command import show_ledgers
    from cli.ledger_places import Place

    with output_of(json_, lang) as output:
        show_ledgers(Place(data_dir, store, ledger), tail, output)


@app.command("rotate-key")
def rotate_key(
    data_dir: DataDir = Path("var"),
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Put a fresh signing key behind those of the folder's key file. 更换签名密钥。

    Restart the services: each ledger then tells of the new key, and the former one vouches for it.

    Examples:

    - `quzhong ledger rotate-key`
    - `quzhong ledger rotate-key --data-dir var --json`
    """
    from cli.ledger_command import rotate_ledger_key

    with output_of(json_, lang) as output:
        rotate_ledger_key(data_dir, output)


@app.command()
def mark(
    worker: Annotated[str, typer.Argument(metavar="WORKER", help="A pseudonym. 劳动者化名。")],
    data_dir: DataDir = Path("var"),
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """What ledgers call a worker: entries name nobody, so that they may stay. 账本中的劳动者标记。

    A mark under each key of the folder, the newest first.

    Examples:

    - `quzhong ledger export workhours --to - | grep "$(quzhong ledger mark w-7f3a… --lang en)"`
    - `quzhong ledger mark w-7f3a… --json`
    """
    from cli.ledger_command import show_marks

    with output_of(json_, lang) as output:
        show_marks(worker, data_dir, output)
