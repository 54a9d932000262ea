"""「有帮助」「没帮助」 under an answer: kept for staff, and thanked for."""

from actions.server import sentences as say
from actions.server.replies import button, reply
from actions.server.services import Services
from actions.server.turn import Outcome, Turn
from knowledge.feedback import record_feedback

THANKS = "policy_feedback"  # the web page shows this reply in the buttons' place


def judged(turn: Turn, services: Services) -> Outcome:
    """Keep what a person says of an answer; pressing again changes it.

    The button knows question and document; the words that were quoted are found again.
    """
    helpful = turn.value("helpful") == "yes"
    question, doc_id = turn.value("question") or "", turn.value("doc_id") or ""
    region = turn.value("region") or services.settings.region or None
    answer = services.library.answer(question, region=region, now=turn.now)
    cited = next((one for one in answer.citations if one.doc_id == doc_id), None)
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
        return Outcome((reply(say.POLICY_HELPFUL, data={"kind": THANKS}),))
    staff = [button(say.B_STAFF, "talk_to_staff")]
    return Outcome((reply(say.POLICY_UNHELPFUL, staff, {"kind": THANKS}),))
