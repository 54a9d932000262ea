"""The inbox and the outbox without a dispatcher, for tests."""

from datetime import datetime

from actions.dialogue.services import Services
from actions.dialogue.turn import Reply
from actions.features import FEATURES
from bot.messaging import answers, intake, leases
from bot.messaging.handover import Handover
from bot.messaging.intake import Accepted
from bot.messaging.leases import ClaimedMessage
from bot.messaging.messages import Incoming
from bot.messaging.service import Messaging
from store.database import Database
from store.settings import Settings
from store.vault.vault import Vault

DATA_KEY = "d" * 43
PULLED = frozenset({"web", "bridge"})


def plain(text: str) -> Reply:
    """Return a reply that is nothing but words."""
    return {"text": text, "buttons": [], "image": None, "data": None}


def answer(database: Database, conversation: str, *texts: str, now: datetime) -> None:
    """Answer what somebody wrote last."""
    message = leases.claim(database, conversation, "me", now=now)
    assert message is not None
    finish(database, message, *texts, now=now)


def finish(
    database: Database, message: ClaimedMessage, *texts: str, now: datetime, owner: str = "me"
) -> tuple[answers.Finished, ClaimedMessage | None] | None:
    """Mark a message done with plain replies; see ``answers.finish``."""
    return answers.finish(
        database,
        message,
        owner,
        replies=[plain(text) for text in texts],
        nlu=None,
        now=now,
        pulled=PULLED,
    )


def messaging_of(database: Database, settings: Settings) -> Messaging:
    """Return messaging that gives up in words of the tests' own."""
    return Messaging(
        database,
        settings,
        intents=FEATURES.intents,
        values=FEATURES.values,
        gave_up=lambda _: plain("没能处理好"),
    )


def services_of(database: Database) -> Services:
    """Return the services of a process with no settings of its own."""
    return Services(database, Settings(_env_file=None), FEATURES)


def take_in(database: Database, incoming: Incoming) -> Accepted:
    """Store a message as messaging does."""
    return intake.accept(database, incoming, vault(database))


def vault(database: Database) -> Vault:
    """Return the numbers of a database, under a key of the tests' own."""
    return Vault.over(database, Settings(_env_file=None, data_keys=DATA_KEY))


def handover(database: Database) -> Handover:
    """Return what staff do, where web and bridge are fetched from."""
    return Handover(database, PULLED, vault(database))
