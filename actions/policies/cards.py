"""The cards of a policy answer, and of what a person says of one."""

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from actions.dialogue.cards import CardModel, CardPart
from knowledge.answering.answers import Citation, Status
from knowledge.documents.validity import Validity


class CitationPart(CardPart):
    """Where an answer stands."""

    doc_id: str
    title: str = Field(description="标题；摘要以〔摘要〕结尾")
    doc_no: str = Field(description="文号，没有则为空")
    issuer: str
    region: str = Field(description="GB/T 2260 代码，100000 为全国，空为未注明")
    issued_on: str | None = Field(description="ISO 日期")
    in_force: bool | None = Field(description="null：文件没有写明")
    section: str
    quote: str = Field(description="原文，逐字")
    url: str = Field(description="阅读页的地址，已指到引文")
    kind: str = Field(description="notice、statute、guide 或 digest")
    validity: Validity
    occasion: str = Field(description="只在某时期适用时是哪个时期，否则为空")
    superseded_by: str | None = Field(description="取代它的文件的 doc_id")


class PolicyAnswerCard(CardModel):
    """The answer to a policy question."""

    kind: Literal["policy_answer"] = "policy_answer"
    status: Status
    citations: tuple[CitationPart, ...]


def answer_card(status: Status, citations: Iterable[Citation]) -> PolicyAnswerCard:
    """Return the card of an answer with these citations."""
    parts = tuple(CitationPart(**citation.as_dict()) for citation in citations)
    return PolicyAnswerCard(status=status, citations=parts)


class FeedbackCard(CardModel):
    """Thanks for saying whether an answer helped; the web page shows it in the buttons' place."""

    kind: Literal["policy_feedback"] = "policy_feedback"
