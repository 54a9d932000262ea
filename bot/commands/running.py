"""Commands about the running assistant and its model."""

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
