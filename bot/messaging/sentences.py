"""What messaging itself says to people."""

from actions.dialogue.turn import Reply

HIDDEN = "（您发来的号码已加密隐藏，之后不用再发这类号码。）"
"""Said once a day at most to who sent a number of a person's."""

_CALL = "着急可以拨 12333。"


def _plain(text: str, kind: str | None = None) -> Reply:
    return {
        "text": text,
        "buttons": [],
        "image": None,
        "data": None if kind is None else {"kind": kind},
    }


def pending() -> Reply:
    """Return the notice that an answer takes longer than usual."""
    return _plain(f"消息已收到，正在处理，稍后把答复发到这里，您不用重发。{_CALL}", "pending")


def broken() -> Reply:
    """Return the word for a message at which an action fails whenever it is tried."""
    return _plain(f"抱歉，这条消息我处理不了。请换个说法再说一次，或者说「转人工」。{_CALL}")


def gave_up(ticket: str) -> Reply:
    """Return the apology for a message that a person is asked to answer instead."""
    return _plain(
        f"抱歉，这条消息我没能处理好，已转给工作人员（单号 {ticket}），会尽快回复您。{_CALL}"
    )


HELD_CONVERSATION, HELD_OPEN = "对话", "一个对话编号，不含姓名"
HELD_WROTE, HELD_TOLD = "您发来的消息", "我们的回复"
HELD_MESSAGES = "{n} 条"
HELD_CONTEXT, HELD_EVENTS = "对话的上下文", "{n} 条，供接着上次说的往下办"
