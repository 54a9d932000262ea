"""The features of the public pages, in the order of the header's links.

Adding one means adding its folder, and a line here.
"""

from bot.web.appointments.feature import APPOINTMENTS
from bot.web.cases.feature import CASES
from bot.web.feature import register
from bot.web.policies.feature import POLICIES
from bot.web.privacy.feature import PRIVACY
from bot.web.replies.feature import REPLIES

FEATURES = register(
    (
        POLICIES,
        APPOINTMENTS,
        CASES,
        PRIVACY,
        REPLIES,
    )
)
