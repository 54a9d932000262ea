"""How conversations and cases read in the console."""

from datetime import UTC, datetime

from bot.console.cases import views
from bot.messaging.transcripts import ConversationCard, TranscriptLine

NOW = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)  # 2 March, 01:30 in Shanghai


def line(**values: object) -> TranscriptLine:
    known: dict[str, object] = {"id": 1, "at": NOW, "author": "user", "text": "", "status": "done"}
    return TranscriptLine(**(known | values))  # type: ignore[arg-type]


def test_a_row_has_an_address_for_any_id() -> None:
    card = ConversationCard("web:甲/ &?#", "web", "staff", NOW, "长" * 100 + "\n" + "尾", 3)
    row = views.row(card, None, NOW)
    assert row["href"] == "/conversation?id=web%3A%E7%94%B2%2F%20%26%3F%23"
    assert row["last"] == "长" * 60 + "…"
    assert row["mode"] == "人工"
    assert row["case"] == ""


def test_understanding() -> None:
    assert views.understanding(line(nlu={"intent": "greet", "confidence": 0.974})) == "greet · 97%"
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
