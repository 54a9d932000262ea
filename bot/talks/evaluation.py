"""``zhida eval dialogue``: whole conversations with the running assistant, as people have them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

import httpx
import typer

from actions.dialogue.feature import MeasurementFailed
from actions.dialogue.measurement import Labelled
from bot.talks.script import Conversation, ScriptFailed, Turn, find_button, read_conversations
from bot.talks.talk import Answer, NoAssistant, Refused, Talk, assistant_at
from bot.talks.wording import aloud, in_short
from store.settings import Settings

NO_BUTTON = "没有这样的按钮"


@dataclass(frozen=True)
class Outcome:
    """What came of a turn: what was really said, the answer, and what was wrong with it."""

    turn: Turn
    said: str
    answer: Answer
    failed: dict[str, Any]


def run(
    settings: Settings,
    progress: Callable[[str], None],
    file: Labelled,
    url: Annotated[str, typer.Option(help="助手的地址；不填则用设置里的。")] = "",
    keep: Annotated[bool, typer.Option("--keep", help="另把会话从头到尾列出来。")] = False,
) -> dict[str, Any]:
    """Measure the assistant that runs at ``url`` on ``file``; MeasurementFailed."""
    try:
        conversations = read_conversations(file)
        with assistant_at(url or settings.web_url) as http:
            return _measure(conversations, http, progress, keep=keep)
    except (ScriptFailed, NoAssistant) as error:
        raise MeasurementFailed(str(error)) from error


def _measure(
    conversations: list[Conversation],
    http: httpx.Client,
    progress: Callable[[str], None],
    *,
    keep: bool,
) -> dict[str, Any]:
    progress(f"{len(conversations)} 个会话……")
    held = [(each, list(_hold(each, Talk(http, name="eval")))) for each in conversations]
    figures = figures_of(held)
    if keep:
        figures["kept"] = [
            {"id": each.id, "lines": [line for one in outcomes for line in _lines(one)]}
            for each, outcomes in held
        ]
    return figures


def _hold(conversation: Conversation, talk: Talk) -> Iterator[Outcome]:
    """Say every turn, also after one that failed: a person would go on, too."""
    answer = Answer((), {}, "bot")
    for turn in conversation.turns:
        said, payload = turn.say or "", None
        if turn.press is not None:
            button = find_button(turn.press, answer)
            if button is None:
                yield Outcome(turn, "", answer, {"press": NO_BUTTON})
                continue
            said, payload = button["title"], button["payload"]
        try:
            answer = talk.ask(said, payload)
        except Refused as refusal:
            yield Outcome(turn, said, Answer((), {}, answer.mode), {"refused": str(refusal)})
            continue
        unmet = turn.expect.unmet(answer) if turn.expect is not None else {}
        yield Outcome(turn, said, answer, unmet)


def figures_of(held: list[tuple[Conversation, list[Outcome]]]) -> dict[str, Any]:
    """Return DESIGN's figures, with shares from 0 to 1.

    ``n`` counts the turns that could fail: those with an expectation, and buttons pressed. An
    error is what was said in which turn (from 1), what of its expectation failed, and the answer.
    """
    checked = [one for _, outcomes in held for one in outcomes if one.turn.is_checked or one.failed]
    right = sum(not one.failed for one in checked)
    whole = sum(not any(one.failed for one in outcomes) for _, outcomes in held)
    return {
        "n": len(checked),
        "conversations": len(held),
        "conversations_ok": whole / len(held),
        "conversations_right": whole,
        "turns_ok": right / len(checked) if checked else None,
        "turns_right": right,
        "errors": [
            {
                "id": conversation.id,
                "turn": number,
                **one.turn.said,
                "failed": one.failed,
                "answered": in_short(one.answer),
            }
            for conversation, outcomes in held
            for number, one in enumerate(outcomes, start=1)
            if one.failed
        ],
    }


def _lines(one: Outcome) -> list[str]:
    """Return a turn as it is read aloud, what failed marked."""
    spoken = f"〔{one.said or one.turn.said['press']}〕" if one.turn.press else one.said
    failed = [f"✗ {name}：{wanted}" for name, wanted in one.failed.items()]
    return [f"人：{spoken}", *aloud(one.answer), *failed]


def show(figures: dict[str, Any]) -> str:
    """Return the figures as lines for a person, after the conversations where they were kept."""
    lines = []
    for kept in figures.get("kept", ()):
        lines += [f"—— {kept['id']}", *kept["lines"], ""]
    lines += [
        f"会话 {figures['conversations_right']}/{figures['conversations']} 全对，"
        f"轮次 {figures['turns_right']}/{figures['n']} 对。"
    ]
    for error in figures["errors"]:
        said = error.get("say") or f"〔{error['press']}〕"
        lines.append(f"{error['id']} 第 {error['turn']} 轮 {said}：{error['failed']}")
        lines.append(f"　　{error['answered']}")
    return "\n".join(lines)
