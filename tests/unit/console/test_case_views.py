"""How conversations and cases read in the console."""

from datetime import UTC, datetime, timedelta
from typing import Any

from actions.cases.service import Case
from bot.console.cases import views
from bot.console.cases.alarm import pressing
from bot.console.cases.canned import filled, has_gaps
from bot.console.cases.queue import Tone, Waiting
from bot.messaging.transcripts import TranscriptLine

NOW = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)  # 2 March, 01:30 in Shanghai


def line(**values: object) -> TranscriptLine:
    known: dict[str, object] = {"id": 1, "at": NOW, "author": "user", "text": "", "status": "done"}
    return TranscriptLine(**(known | values))  # type: ignore[arg-type]


def waiting(reason: str = "handoff", minutes: int = 60, **values: Any) -> Waiting:
    due = NOW + timedelta(minutes=minutes)
    case = Case("GD-1", reason, "open", due, "想问社保", NOW, "web:a", answer_by=due)
    known: dict[str, Any] = {"owner": None, "case": case, "replied": False}
    return Waiting("web:a", "web", "bot", **(known | values))


def test_what_is_owed_first_words_before_last() -> None:
    assert waiting(minutes=60).tone(NOW) is Tone.FINE
    assert waiting(minutes=20).tone(NOW) is Tone.SOON
    assert waiting(minutes=-1).tone(NOW) is Tone.LATE
    assert "已超时" in views.due(waiting(minutes=-1), NOW)
    assert "正式答复" in views.due(waiting(minutes=60, replied=True), NOW)
    assert waiting(case=None, minutes=0).tone(NOW) is Tone.FINE


def test_what_presses_is_told_the_gravest_alone() -> None:
    distress = waiting("distress", minutes=60)
    late, soon, free = waiting(minutes=-1), waiting(minutes=20), waiting()
    theirs, mine = waiting(minutes=-1, owner="李"), waiting(minutes=20, owner="王")
    untaken = waiting(case=None)

    def words(*queue: Waiting) -> str:
        alarm = pressing(queue, "王", NOW)
        return f"{alarm.words} {alarm.count} {alarm.late}" if alarm else ""

    assert words(free, late, distress, soon) == "1 人遇到难处，1 件已超时 2 True"
    assert words(free, soon, mine) == "2 件快到时限，1 件待领取 3 False"
    assert words(theirs, untaken, waiting(owner="王")) == ""
    assert words(waiting("distress", replied=True, owner="王")) == ""
    told = [pressing([each], "王", NOW) for each in (soon, late)]
    assert [one.about for one in told if one] == [("GD-1 soon",), ("GD-1 late",)]


def test_placeholders_are_filled_and_gaps_are_seen() -> None:
    case = waiting().case
    values = views.placeholders("王芳", case, None, NOW)
    assert filled("我是{我的姓名}，{工单号}", values) == "我是王芳，GD-1"
    left = filled("{预约时间}见 {a}", values)
    assert left == "〔请填：预约时间〕见 〔请填：a〕"
    assert has_gaps(left)
    assert not has_gaps("好的")


def test_understanding() -> None:
    assert (
        views.understanding(line(nlu={"intent": "greet", "confidence": 0.974})) == "打个招呼 · 97%"
    )
    assert views.understanding(line(nlu={"intent": None, "confidence": 0})) == ""
    assert views.understanding(line()) == ""


def test_citations_lead_to_our_own_pages_only() -> None:
    good = {"title": "甲", "quote": "乙", "url": "/policies/x?quote=%E4%B9%99#u1"}
    bad = [good | {"url": url} for url in ("javascript:alert(1)", "https://example.com", "")]
    data = {"kind": "policy_answer", "citations": [good, *bad]}
    assert views.citations(line(author="bot", reply={"text": "", "data": data})) == [good]
    assert views.citations(line(author="bot", reply={"text": "", "data": None})) == []


def test_speakers() -> None:
    assert views.speaker(line(author="staff", staff_name="王芳")) == "工作人员 王芳"
    assert views.speaker(line(author="user")) == "来访者"


def test_where_a_new_talk_begins() -> None:
    body = {"text": "我们从头说起", "buttons": [], "image": None, "data": {"kind": "new_talk"}}
    assert views.begins_new_talk(line(author="bot", reply=body))
    assert not views.begins_new_talk(line(author="bot", reply={**body, "data": None}))
    assert not views.begins_new_talk(line(text="新对话"))
