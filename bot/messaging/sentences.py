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


_UNREAD = {
    "picture": "图片我还看不懂，请用文字说您要办的事。",
    "voice": "语音我还听不懂，请打字告诉我，或者用手机的语音输入转成文字再发。",
    "video": "视频我还看不懂，请用文字说您要办的事。",
    "file": "文件我还打不开，请用文字说您要办的事。",
    "location": "位置收到了，可我只认得地名，请告诉我在哪个区县，例如「浦东新区」。",
    "link": "网页我还打不开，请把想问的内容用文字发给我。",
    "unknown": "这类消息我还看不懂，请用文字说您要办的事。",
}


def unread(kind: str) -> Reply | None:
    """Return the honest word for a message without words; None for what is read as words are."""
    said = _UNREAD.get(kind)
    if said is None:
        return None
    return {**_plain(said), "buttons": [{"title": "转人工", "payload": "/talk_to_staff"}]}


def gave_up(ticket: str) -> Reply:
    """Return the apology for a message that a person is asked to answer instead."""
    return _plain(
        f"抱歉，这条消息我没能处理好，已转给工作人员（单号 {ticket}），会尽快回复您。{_CALL}"
    )


TAKEN_OVER = "您好，我是工作人员{staff}，现在由我来回复您。"
AGREED = "这次说好的：{summary}\n"
GIVEN_BACK = "人工服务先到这里，之后由智能助手继续为您服务。需要时请说「转人工」。"

HELD_CONVERSATION, HELD_OPEN = "对话", "一个对话编号，不含姓名"
HELD_WROTE, HELD_TOLD = "您发来的消息", "我们的回复"
HELD_MESSAGES = "{n} 条"
HELD_CONTEXT, HELD_EVENTS = "对话的上下文", "{n} 条，供接着上次说的往下办"
