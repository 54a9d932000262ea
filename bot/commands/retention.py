"""``zhida retention``: what is forgotten by rule, counted or done."""

from actions.dialogue.personal import retention
from actions.dialogue.personal.retention import Due
from actions.dialogue.services import Services
from actions.features import FEATURES
from bot.commands.data import opened
from bot.commands.output import as_json as print_json
from bot.commands.output import say
from language.wording import full_date
from store.clock import to_shanghai, utc_now
from store.settings import Settings


def run_retention(settings: Settings, *, dry_run: bool, as_json: bool) -> None:
    """Say of each rule how much is due and since when the oldest is kept, or forget it."""
    from bot.console.deeds import COMMAND, record

    now = utc_now()
    with opened(settings) as database:
        if not dry_run:
            record(database, COMMAND, "retention.run", "retention")
        services = Services(database, settings, FEATURES)
        work = retention.look if dry_run else retention.run
        done = [work(rule, now) for rule in services.rules]
    if as_json:
        print_json({"dry_run": dry_run, "rules": [_figures(due) for due in done]})
        return
    say("到期（没有删除）：" if dry_run else "已按规则删除或去标识：")
    for due in done:
        oldest = "" if due.oldest is None else f"，最早 {full_date(to_shanghai(due.oldest).date())}"
        rule = due.rule
        say(f"{rule.name:<18}{due.count:>8} 条{oldest}　{rule.what}：{rule.ground} {rule.days} 天")


def _figures(due: Due) -> dict[str, object]:
    return {
        "name": due.rule.name,
        "days": due.rule.days,
        "count": due.count,
        "oldest": None if due.oldest is None else to_shanghai(due.oldest).isoformat(),
    }
