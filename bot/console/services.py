"""What every page of the console works on: the services of this process."""

from dataclasses import dataclass

from actions.dialogue.services import Services
from bot.console.login.session import Sessions
from bot.console.login.sign_in import SignIn
from bot.console.tables import Staff
from bot.messaging.handover import Handover


@dataclass(frozen=True)
class _Opened:
    services: Services
    handover: Handover
    sessions: Sessions
    sign_in: SignIn


_opened: list[_Opened] = []


def open_services(opened: Services, handover: Handover) -> None:
    """Make these the console's; NiceGUI's pages, being global, find them here."""
    database = opened.database
    _opened[:] = [_Opened(opened, handover, Sessions(database), SignIn(database, opened.settings))]


def services() -> Services:
    """Return what the process's console works on."""
    return _opened[0].services


def handover() -> Handover:
    """Return what staff do in conversations."""
    return _opened[0].handover


def sessions() -> Sessions:
    """Return who is signed in."""
    return _opened[0].sessions


def needs_totp(staff: Staff) -> bool:
    """Tell whether the account has to turn one-time codes on before anything else."""
    return staff.totp_secret is None and staff.role in services().settings.totp_roles


def sign_in() -> SignIn:
    """Return the way in."""
    return _opened[0].sign_in
