"""Commands about the running assistant and its model."""

import json
from dataclasses import asdict

from bot.commands.output import fail, say
from store.settings import Settings


def run_up(settings: Settings) -> None:
    """Start and supervise all processes until a signal comes."""
    from bot.supervision.preflight import NotReady
    from bot.supervision.up import Assistant

    try:
        Assistant(settings, say).run()
    except NotReady as error:
        fail(str(error))
    except OSError as error:
        fail(f"启动文件写不下来：{error.strerror or error}（{settings.var_dir}）。")


def run_train(settings: Settings) -> None:
    """Train the Rasa model unless it is there."""
    from bot.training import TrainingFailed, train

    try:
        train(settings, progress=say)
    except TrainingFailed as error:
        fail(str(error))


def run_train_with_corrections(settings: Settings, *, as_json: bool) -> None:
    """Train a candidate with what staff corrected; show how it reads before and after."""
    from bot.corrections import NothingToTeach, train_with_corrections
    from bot.evaluation.sentences import EvaluationFailed
    from bot.training import TrainingFailed
    from store.clock import utc_now
    from store.database import Database

    database = Database(settings.database)
    try:
        made = train_with_corrections(settings, database, now=utc_now(), progress=say)
    except NothingToTeach:
        fail("还没有可用的更正：先在工作台「对话记录」里核对对话。")
    except (TrainingFailed, EvaluationFailed) as error:
        fail(str(error))
    finally:
        database.close()
    if as_json:
        print(json.dumps(asdict(made), ensure_ascii=False))
        return
    say(f"新模型 {made.name}：学了 {made.taught} 句更正。")
    if made.before is not None and made.after is not None:
        say(f"留作测量的 {made.measured} 句，听对 {made.before:.1%} → {made.after:.1%}；")
        say(f"改对 {made.mended} 句，改错 {made.broken} 句。")
    say(f"近来的 {made.replayed} 句话里，{len(made.changed)} 句听法变了。")
    say("在工作台「模型」里查看这些变化，再发布。")
