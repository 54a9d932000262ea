"""The features of the console, in the order of the header's links.

Adding one means adding its folder, and a line here.
"""

from bot.console.appointments.feature import APPOINTMENTS
from bot.console.cases.feature import CASES
from bot.console.feature import register
from bot.console.policies.feature import POLICIES
from bot.console.staff.feature import STAFF

FEATURES = register(
    (
        CASES,
        APPOINTMENTS,
        POLICIES,
        STAFF,
    )
)
PAGES = {address: page for feature in FEATURES for address, page in feature.pages.items()}
"""Every page of the console by its address."""
