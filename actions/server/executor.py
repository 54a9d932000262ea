"""Every action by the name the domain gives it."""

from typing import Any

from rasa_sdk.executor import ActionExecutor

from actions.appointments.chat import booking as windows
from actions.appointments.chat import hall_status as crowd
from actions.appointments.chat import my_bookings as bookings
from actions.cases.chat import handoff as staff
from actions.dialogue import coming, inform
from actions.dialogue import fallback as unsure
from actions.dialogue.interceptors import beforehand
from actions.dialogue.services import Services
from actions.jobs.chat import search as jobs
from actions.policies.chat import answers as policy
from actions.server.protocol import Answer, ZhidaAction
from actions.smalltalk.chat import small_talk as talk

ANSWERS: dict[str, Answer] = {
    "action_greet": talk.greet,
    "action_goodbye": talk.goodbye,
    "action_thank": talk.thank,
    "action_affirm": inform.affirm,
    "action_deny": inform.deny,
    "action_help": talk.ask_help,
    "action_policy": policy.ask_policy,
    "action_search_jobs": jobs.search_jobs,
    "action_job_details": jobs.job_details,
    "action_offer_slots": windows.offer_slots,
    "action_change_booking": inform.change_booking,
    "action_cancel_booking": bookings.cancel_booking,
    "action_my_bookings": bookings.my_bookings,
    "action_hall_status": crowd.hall_status,
    "action_talk_to_staff": staff.talk_to_staff,
    "action_complain": staff.complain,
    "action_distress": staff.distress,
    "action_ask_wage": inform.ask_wage,
    "action_coming_soon": coming.coming_soon,
    "action_inform": inform.inform,
    "action_out_of_scope": talk.out_of_scope,
    "action_unsure": unsure.unsure,
}


class Executor(ActionExecutor):  # type: ignore[misc]
    """rasa-sdk's executor for a Rasa that sends no domain.

    Newer Rasa sends a digest of the domain and answers 449 with the whole; Rasa 3.6 knows
    neither and would take every 449 for a failure. No action of ours reads the domain.
    """

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:
        """Do without a domain."""
        return {}


def executor(services: Services) -> Executor:
    """Return an executor that knows all actions, each over ``services``."""
    known = Executor()
    for name, answer in ANSWERS.items():
        action = ZhidaAction(name, beforehand(answer), services)
        known.register_function(name, action.run)
    return known
