"""The features of this assistant, in the order of the menu. A new one is one line here."""

from actions.appointments.feature import APPOINTMENTS
from actions.cases.feature import CASES
from actions.dialogue.registry import Features
from actions.jobs.feature import JOBS
from actions.policies.feature import POLICIES
from actions.privacy.feature import PRIVACY
from actions.sharing.feature import SHARING
from actions.smalltalk.feature import SMALLTALK
from actions.training.feature import TRAINING
from actions.vetting.feature import VETTING
from actions.wages.feature import WAGES

FEATURES = Features(
    POLICIES,
    WAGES,
    JOBS,
    TRAINING,
    VETTING,
    SHARING,
    APPOINTMENTS,
    CASES,
    PRIVACY,
    SMALLTALK,
)
