"""Policy answers in words: the quote, its source, what else the document says."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from actions.dialogue import sentences as shared
from actions.dialogue.services import Services
from actions.policies.chat import sentences as say
from actions.policies.chat.answers import render
from actions.policies.chat.wording import limits
from knowledge.answering.answers import Citation, DocumentCard, PolicyAnswer
from knowledge.documents.editing import remove_document
from knowledge.documents.feedback import list_feedback
from knowledge.documents.repository import get_document
from tests.chat.conftest import NOW, Person

QUOTE = Citation(
    doc_id="d1",
    title="某某条例",
    doc_no="",
    issuer="某部",
    region="100000",
    issued_on="2022-03-28",
    in_force=True,
    section="第八条",
    quote="原来的话。",
    url="/policies/d1#u8",
    kind="notice",
    validity="in_force",
    occasion="",
    superseded_by=None,
)
QUESTION = "能不能这样"


def values(button: dict[str, str]) -> dict[str, Any]:
    return dict(json.loads(button["payload"][button["payload"].index("{") :]))


def test_the_answer_is_the_quote_then_its_source() -> None:
    reply = render(PolicyAnswer("answered", (QUOTE,), (), 0.9), QUESTION)
    assert reply["text"] == (
        "原文：「原来的话。」——《某某条例》第八条，某部，2022-03-28，全国，现行"
    )
    assert [b["title"] for b in reply["buttons"]] == [
        say.B_SOURCE,
        say.B_RELATED,
        say.B_HELPFUL,
        say.B_UNHELPFUL,
        shared.B_STAFF,
    ]
    assert reply["data"]["citations"] == [QUOTE.as_dict()]


def test_an_answer_that_may_be_beside_the_question_says_so_first() -> None:
    reply = render(PolicyAnswer("answered", (QUOTE,), (), 0.5), QUESTION)
    assert reply["text"].startswith(f"{say.POLICY_PERHAPS}\n原文：「")


def test_what_is_not_covered_names_the_hotline_and_the_nearest() -> None:
    card = DocumentCard("d1", "很长" * 15, "", "/policies/d1")
    reply = render(PolicyAnswer("not_covered", (), (card,), 0.1), QUESTION)
    assert "12333" in reply["text"]
    assert values(reply["buttons"][0])["doc_id"] == "d1"
    assert len(reply["buttons"][0]["title"]) == 20


def test_what_only_a_regulation_answers_is_refused_by_its_name() -> None:
    answer = PolicyAnswer("not_covered", (), (), 0.9, regulation="工伤保险条例")
    text = render(answer, QUESTION)["text"]
    assert text.startswith("这要看《工伤保险条例》，还没有装进来")
    assert "12333" in text


def test_a_lapsed_document_is_never_quoted_as_an_answer() -> None:
    lapsed = replace(QUOTE, in_force=False, validity="lapsed")
    reply = render(PolicyAnswer("outdated", (lapsed, lapsed), (), 0.9), QUESTION)
    assert QUOTE.quote not in reply["text"]
    assert reply["text"].count("《某某条例》已失效。") == 1


def test_what_was_superseded_leads_to_what_took_its_place() -> None:
    old = replace(QUOTE, in_force=False, validity="superseded", superseded_by="d2")
    reply = render(PolicyAnswer("outdated", (old,), (), 0.9), QUESTION)
    newer = reply["buttons"][0]
    assert (newer["title"], values(newer)) == (say.B_NEWER, {"doc_id": "d2"})


def test_a_rule_to_come_is_not_called_lapsed() -> None:
    coming = replace(QUOTE, in_force=False, validity="not_yet")
    text = render(PolicyAnswer("outdated", (coming,), (), 0.9), QUESTION)["text"]
    assert "《某某条例》尚未施行。" in text
    assert "失效" not in text


def test_every_quote_stands_in_the_stored_document(person: Person, services: Services) -> None:
    reply = person.says("policy", "现场招聘会还能办吗")
    assert reply["data"]["status"] == "answered"
    for citation in reply["data"]["citations"]:
        document = get_document(services.database, citation["doc_id"])
        assert document is not None
        assert citation["quote"] in document.text
        assert citation["quote"] in reply["text"]


def test_a_digest_is_said_to_be_one(person: Person) -> None:
    assert say.DIGEST_NOTE in person.says("policy", "现场招聘会还能办吗")["text"]


def test_the_source_button_gives_the_reading_page(person: Person, services: Services) -> None:
    reply = person.says("policy", "现场招聘会还能办吗")
    shown = person.taps("policy", **values(reply["buttons"][0]))
    url = reply["data"]["citations"][0]["url"]
    assert services.settings.web_url + url in shown["text"]


def test_what_is_related_can_be_walked_through(person: Person, services: Services) -> None:
    reply = person.says("policy", "现场招聘会还能办吗")
    seen: list[str] = []
    listing = person.taps("policy", **values(reply["buttons"][1]))
    while listing["buttons"][-1]["title"] == shared.B_MORE:
        seen += [b["payload"] for b in listing["buttons"][:-1]]
        listing = person.taps("policy", **values(listing["buttons"][-1]))
    seen += [b["payload"] for b in listing["buttons"]]
    assert len(seen) == len(set(seen)) > 4
    part = person.taps("policy", **values({"payload": seen[0]}))
    citation = part["data"]["citations"][0]
    document = get_document(services.database, citation["doc_id"])
    assert document is not None
    assert citation["quote"] in document.text


def test_a_link_from_a_button_never_leaves_the_reading_pages(
    person: Person, services: Services
) -> None:
    doc_id = person.says("policy", "现场招聘会还能办吗")["data"]["citations"][0]["doc_id"]
    shown = person.taps("policy", doc_id=doc_id, question="//elsewhere.example/x")
    assert f"{services.settings.web_url}/policies/{doc_id}" in shown["text"]


def test_a_document_that_is_gone(person: Person) -> None:
    for asked in ({"doc_id": "nope"}, {"related": "nope"}, {"doc_id": "nope", "page": 1}):
        assert person.taps("policy", **asked)["text"] == say.POLICY_NO_DOC


def test_drafts_and_removed_documents_are_not_shown(person: Person, services: Services) -> None:
    doc_id = person.says("policy", "现场招聘会还能办吗")["data"]["citations"][0]["doc_id"]
    remove_document(services.database, doc_id, now=NOW)
    for asked in ({"doc_id": doc_id}, {"related": doc_id}, {"doc_id": doc_id, "page": 1}):
        assert person.taps("policy", **asked)["text"] == say.POLICY_NO_DOC


def test_a_passing_occasion_is_said_in_one_sentence() -> None:
    bound = replace(QUOTE, in_force=None, validity="unknown", occasion="疫情防控期间")
    twice = (bound, replace(bound, doc_id="d2", title="另一个通知"))
    text = render(PolicyAnswer("answered", twice, (), 0.9), QUESTION)["text"]
    assert text.endswith(say.POLICY_OCCASION.format(occasion="「疫情防控期间」"))
    assert text.count("疫情防控期间") == 1


def test_one_bound_to_an_occasion_beside_one_that_is_not() -> None:
    bound = replace(QUOTE, validity="unknown", occasion="疫情防控期间", title="另一个通知")
    text = "\n".join(limits((QUOTE, bound)))
    assert text == say.POLICY_SOME_OCCASION.format(occasion="「疫情防控期间」")


def test_one_quote_at_first_and_the_others_behind_a_button(person: Person) -> None:
    asked = person.says("policy", "发布招聘信息有什么要求")
    shown, *others = asked["data"]["citations"]
    assert others
    assert shown["quote"] in asked["text"]
    assert others[-1]["quote"] not in asked["text"]
    button = next(b for b in asked["buttons"] if b["title"].startswith("还有"))
    rest = person.taps("policy", **values(button))
    assert rest["data"]["citations"][-1] == others[-1]
    assert others[-1]["quote"] in rest["text"]


def test_rules_that_differ_between_places_stand_side_by_side() -> None:
    here, there = replace(QUOTE, region="110000"), replace(QUOTE, region="310000", doc_id="d2")
    text = render(PolicyAnswer("answered", (here, there), (), 0.9), QUESTION)["text"]
    assert text.index("【北京市】原文") < text.index("【上海市】原文")
    asked = render(PolicyAnswer("answered", (here, there), (), 0.9, region="110000"), QUESTION)
    assert "【" not in asked["text"]


def test_a_place_without_a_rule_of_its_own_gets_the_national_one_and_is_told() -> None:
    answer = PolicyAnswer("answered", (QUOTE,), (), 0.9, region="440100", own_rule=False)
    first, second = render(answer, QUESTION)["text"].split("\n")
    assert first == say.POLICY_NO_OWN_RULE.format(place="广州市")
    assert QUOTE.quote in second


def test_a_question_about_then_is_answered_for_then() -> None:
    gone = replace(QUOTE, in_force=False, validity="superseded")
    answer = PolicyAnswer("answered", (gone,), (), 0.9, as_of=date(2020, 12, 28))
    lines = render(answer, QUESTION)["text"].split("\n")
    assert lines[0] == say.POLICY_AS_OF.format(day="2020年12月")
    assert lines[-1] == say.POLICY_NOT_NOW


def test_a_guide_is_named_without_number_and_date() -> None:
    guide = replace(
        QUOTE,
        kind="guide",
        region="440000",
        issued_on=None,
        section="某某条例 › 申请材料",
        quote="申请材料：身份证",
    )
    text = render(PolicyAnswer("answered", (guide,), (), 0.9), QUESTION)["text"]
    assert text == "原文：「申请材料：身份证」——《某某条例》，某部，广东省"


def test_places_to_choose_from_ask_the_same_question_there() -> None:
    answer = PolicyAnswer("which_region", (), (), 0.9, regions=("110000", "310000"))
    buttons = render(answer, QUESTION)["buttons"]
    assert [b["title"] for b in buttons] == ["北京市", "上海市", shared.B_STAFF]
    assert values(buttons[1]) == {"question": QUESTION, "region": "310000"}


def test_whether_an_answer_helped_is_kept_once(person: Person, services: Services) -> None:
    reply = person.says("policy", "现场招聘会还能办吗")
    yes, no = (values(button) for button in reply["buttons"][2:4])
    assert person.taps("policy", **yes)["text"] == say.POLICY_HELPFUL
    thanked = person.taps("policy", **no)
    assert thanked["data"] == {"kind": "policy_feedback"}
    assert [button["title"] for button in thanked["buttons"]] == [shared.B_STAFF]
    (kept,) = list_feedback(services.database)
    cited = reply["data"]["citations"][0]
    assert (kept.helpful, kept.doc_id, kept.quote) == (False, cited["doc_id"], cited["quote"])
    assert kept.question == "现场招聘会还能办吗"


def test_a_judgement_of_nothing_stored_is_thanked_for_and_not_kept(
    person: Person, services: Services
) -> None:
    thanked = person.taps("policy", helpful="no", doc_id="x" * 500, question="随便")
    assert thanked["text"] == say.POLICY_UNHELPFUL
    assert list_feedback(services.database) == []


def test_a_judgement_of_the_answer_for_a_place_keeps_that_places_words(
    person: Person, services: Services
) -> None:
    person.says("policy", "现场招聘会还能办吗")
    reply = person.says("inform", "那上海呢")
    yes = next(values(b) for b in reply["buttons"] if b["title"] == say.B_HELPFUL)
    person.taps("policy", **yes)
    (kept,) = list_feedback(services.database)
    assert kept.quote == reply["data"]["citations"][0]["quote"]
