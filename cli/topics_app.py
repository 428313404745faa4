"""``quzhong topics …``: the map of the flow, and putting it into force on a Kafka cluster."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.options import Json, Lang, output_of

app = typer.Typer(
    rich_markup_mode="markdown",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def topics(
    context: typer.Context,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="The text of docs/data-flow.md. 输出数据流文档。")
    ] = False,
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """The map of the flow: every topic, who writes and who reads it. 主题一览。

    Examples:

    - `quzhong topics`
    - `quzhong topics --markdown > docs/data-flow.md`
    - `quzhong topics apply --plan`
    """
    from cli.topics_page import data_flow_page, show_topics

    if context.invoked_subcommand:
        return
    if markdown and json_:
        raise typer.BadParameter("one of them", param_hint="--markdown, --json")
    with output_of(json_, lang) as output:
        if markdown:
            typer.echo(data_flow_page(), nl=False)
        else:
            show_topics(output)


@app.command()
def apply(
    plan: Annotated[
        bool, typer.Option("--plan", help="Show what would be done, and do nothing. 只列出将作的更改。")
    ] = False,
    json_: Json = False,
    lang: Lang = None,
) -> None:
    """Bring a Kafka cluster in line with the map: topics and who may do what. 落实主题与权限。

    The cluster is QUZHONG_KAFKA, with QUZHONG_PARTITIONS and QUZHONG_KAFKA_REPLICATION; the user needs the
    right to alter topics and access rules. Nothing is deleted but access rules of our own services that are
    declared no more. A second run finds nothing to do.

    Examples:

    - `QUZHONG_KAFKA=broker:9093 quzhong topics apply --plan`
    - `quzhong topics apply`
    """
    from cli.topics_command import apply_topics

    with output_of(json_, lang) as output:
        apply_topics(output, only_plan=plan)
