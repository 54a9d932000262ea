"""The features of the console, in the order of the header's links.

Adding one means adding its folder, and a line here.
"""

from bot.console.appointments.feature import APPOINTMENTS
from bot.console.cases.feature import CASES
from bot.console.channels.feature import CHANNELS
from bot.console.feature import register
from bot.console.figures.feature import FIGURES
from bot.console.jobs.feature import JOBS
from bot.console.learning.feature import LEARNING
from bot.console.policies.feature import POLICIES
from bot.console.sharing.feature import SHARING
from bot.console.staff.feature import STAFF
from bot.console.training.feature import TRAINING
from bot.console.transcripts.feature import TRANSCRIPTS
from bot.console.unanswered.feature import UNANSWERED
from bot.console.vetting.feature import VETTING
from bot.console.wages.feature import WAGES

FEATURES = register(
    (
        CASES,
        TRANSCRIPTS,
        FIGURES,
        APPOINTMENTS,
        POLICIES,
        UNANSWERED,
        JOBS,
        VETTING,
        WAGES,
        TRAINING,
        SHARING,
        CHANNELS,
        LEARNING,
        STAFF,
    )
)
PAGES = {address: page for feature in FEATURES for address, page in feature.pages.items()}
"""Every page of the console by its address."""
