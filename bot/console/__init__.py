"""The console: staff read conversations, answer in them, and close cases."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from actions.dialogue.services import Services
    from bot.messaging.handover import Handover


def mount(app: "FastAPI", services: "Services", handover: "Handover") -> None:
    """Mount the console on ``app`` under ``/console``, behind a login.

    A process has one console: NiceGUI keeps its pages in globals. Mounting again (as tests
    do) moves it to the new application.
    """
    # Loaded on use: NiceGUI takes a second to import, which `zhida staff add` need not wait for.
    from bot.console.server import mount_on

    mount_on(app, services, handover)
