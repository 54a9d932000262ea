"""``zhida policies``: the documents, listed, shown, corrected and taken away."""

from typing import Annotated

import typer

from bot.commands.options import AsJson, settings

app = typer.Typer(help="列出、查看、更正、发布、停用政策文件。", invoke_without_command=True)

PARTICULARS = (
    "名称=值，可写多个：title 标题、doc_no 文号、issuer 发文机关、addressees 主送对象、"
    "region 适用地区、issued_on 发文日期、effective_on 施行日期、expired_on 失效日期、"
    "occasion 针对的时期、kind 类别（notice、statute、guide、digest）。"
    "日期写成 2022-03-28，不填为无。"
)


@app.callback()
def list_all(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="也列出草稿和已移除的。")] = False,
    as_json: AsJson = False,
) -> None:
    """列出政策文件。"""
    if context.invoked_subcommand is None:
        from bot.commands.policies import run_list

        run_list(settings(), everything=everything, as_json=as_json)


@app.command()
def show(doc_id: str) -> None:
    """查看一份政策文件。"""
    from bot.commands.policies import run_show

    run_show(settings(), doc_id)


@app.command()
def correct(
    doc_id: str,
    particulars: Annotated[list[str], typer.Argument(help=PARTICULARS)],
) -> None:
    """更正标题、文号、发文机关、日期、适用地区等。"""
    from bot.commands.policies import run_correct

    run_correct(settings(), doc_id, particulars)


@app.command()
def publish(doc_id: str) -> None:
    """发布草稿，或重新发布已移除的文件。"""
    from bot.commands.policies import run_publish

    run_publish(settings(), doc_id)


@app.command()
def expire(
    doc_id: str,
    on: Annotated[str, typer.Option(help="停用日期（YYYY-MM-DD），不填为今天。")] = "",
) -> None:
    """把一份政策文件标为不再有效。"""
    from bot.commands.policies import run_expire

    run_expire(settings(), doc_id, on)


@app.command()
def remove(doc_id: str) -> None:
    """移除一份政策文件，不再检索和展示。"""
    from bot.commands.policies import run_remove

    run_remove(settings(), doc_id)


@app.command()
def supersede(doc_id: str, older: str) -> None:
    """记下一份文件取代了另一份（OLDER）。"""
    from bot.commands.policies import run_supersede

    run_supersede(settings(), doc_id, older)


@app.command()
def asks(doc_id: str) -> None:
    """列出各节的问法。"""
    from bot.commands.policies import run_asks

    run_asks(settings(), doc_id)


@app.command()
def ask(doc_id: str, section: str, text: str) -> None:
    """给一节（SECTION 是节的编号）添一种问法。"""
    from bot.commands.policies import run_ask

    run_ask(settings(), doc_id, section, text)
