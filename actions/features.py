"""The features of this assistant, in the order of the menu. A new one is one line here."""

from actions.appointments.feature import APPOINTMENTS
from actions.cases.feature import CASES
from actions.dialogue.registry import Features
from actions.jobs.feature import JOBS
from actions.policies.feature import POLICIES
from actions.privacy.feature import PRIVACY
from actions.smalltalk.feature import SMALLTALK

FEATURES = Features(
    POLICIES,
    JOBS,
    APPOINTMENTS,
    CASES,
    PRIVACY,
    SMALLTALK,
)
