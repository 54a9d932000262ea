"""「有帮助」「没帮助」 under an answer: kept for staff, and thanked for."""

from actions.dialogue.replies import button, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Turn
from actions.policies.cards import FeedbackCard
from actions.policies.chat import sentences as say
from knowledge.answering.answerer import PolicyAnswerer
from knowledge.answering.answers import PolicyAnswer
from knowledge.documents.feedback import record_feedback
from knowledge.documents.repository import get_document


def judgements(answer: PolicyAnswer, question: str) -> list[Button]:
    """Offer to say whether an answer helped; it needs a citation.

    The buttons carry what was asked for which place, so that the words are found again.
    """
    doc_id, region = answer.citations[0].doc_id, answer.region
    return [
        button(
            title, "ask_policy", helpful=helpful, doc_id=doc_id, question=question, region=region
        )
        for title, helpful in ((say.B_HELPFUL, "yes"), (say.B_UNHELPFUL, "no"))
    ]


def judged(turn: Turn, services: Services) -> Outcome:
    """Keep what a person says of an answer and thank for it; pressing again changes it.

    Where the documents no longer give these words, what was asked is kept without them.
    """
    question, doc_id = turn.value("question") or "", turn.value("doc_id") or ""
    answer = services.of(PolicyAnswerer).answer(question, region=turn.value("region"), now=turn.now)
    cited = next((one for one in answer.citations if one.doc_id == doc_id), None)
    helpful = turn.value("helpful") == "yes"
    if cited is not None or get_document(services.database, doc_id) is not None:
        record_feedback(
            services.database,
            conversation=turn.conversation,
            question=question,
            doc_id=doc_id,
            section=cited.section if cited else "",
            quote=cited.quote if cited else "",
            status=answer.status,
            confidence=answer.confidence,
            helpful=helpful,
            now=turn.now,
        )
    if helpful:
        return Outcome((reply(say.POLICY_HELPFUL, data=FeedbackCard()),))
    staff = [staff_button()]
    return Outcome((reply(say.POLICY_UNHELPFUL, staff, FeedbackCard()),))
