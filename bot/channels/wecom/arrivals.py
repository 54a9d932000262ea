"""What becomes of the items of one page: stored together with the cursor, then answered."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

import structlog
from sqlalchemy.orm import Session

from bot.channels.callbacks.api import Api, ApiRefused
from bot.channels.callbacks.wording import Choice, Worded
from bot.channels.protocol import Surroundings
from bot.channels.wecom import items
from bot.channels.wecom import sentences as say
from bot.channels.wecom.layout import Body, menu
from bot.messaging.channels import elsewhere
from bot.messaging.channels.allowance import end_of_second
from bot.messaging.intake import recall
from bot.messaging.messages import Incoming, RetryLater
from store.clock import utc_now
from store.vault.vault import Vault

log = structlog.get_logger(__name__)

SEND_WELCOME = "/cgi-bin/kf/send_msg_on_event"
WELCOME_WITHIN = timedelta(seconds=18)
"""A welcome's code is good for 20 seconds; later it would only be refused."""


class Arrivals:
    """Takes pages in."""

    def __init__(self, surroundings: Surroundings, api: Api) -> None:
        self._at = surroundings
        self._messaging = surroundings.messaging
        self._vault = Vault.over(surroundings.database, surroundings.settings)
        self._api = api

    def trouble(self, reason: str) -> None:
        """Note what is wrong with the account."""
        self._messaging.troubles.note(items.NAME, reason)

    async def take(self, found: Sequence[items.Item], also: Callable[[Session], bool]) -> bool:
        """Store items and the cursor; False where somebody else has. Then welcome who came."""
        said = [item for item in found if isinstance(item, items.Said)]
        arrived = [await self._incoming(item) for item in said]
        stored = False

        def check(session: Session) -> bool:
            nonlocal stored
            stored = also(session)
            return stored

        await self._messaging.accept_all(arrived, check, partial(self._note, found))
        if stored:
            for item in found:
                if isinstance(item, items.Entered) and item.code:
                    await self._welcome(item)
        return stored

    async def _incoming(self, said: items.Said) -> Incoming:
        arrived = Incoming(
            channel=items.NAME,
            key=said.key,
            peer=said.peer,
            text=said.text,
            received_at=utc_now(),
            kind=said.kind,
            details=said.details,
            grant=items.MESSAGE,
            acted_at=end_of_second(said.at) if said.at > items.NO_TIME else None,
        )
        if not said.menu:
            return arrived
        button = await self._messaging.choice(arrived.conversation_id, said.menu)
        if button is not None:
            return arrived.pressed(**button)
        if said.menu in self._messaging.intents:
            return arrived.pressed(said.text, f"/{said.menu}")
        entrance = await self._at.database.run(self._at.scenes, said.menu)
        if entrance is not None:
            return arrived.pressed(said.text, entrance.payload)
        # A choice that is gone, or none of ours: its words are there.
        return replace(arrived, kind="text")

    def _note(self, found: Sequence[items.Item], session: Session) -> None:
        """Write, behind the messages, what else has happened."""
        now = utc_now()
        for item in found:
            if isinstance(item, items.Spoke):
                elsewhere.overhear(
                    session,
                    self._vault,
                    f"{items.NAME}:{item.peer}",
                    staff=item.staff,
                    text=item.text,
                    key=f"{items.NAME}:{item.key}",
                    now=now,
                )
            elif isinstance(item, items.Changed):
                conversation = f"{items.NAME}:{item.peer}"
                elsewhere.set_mode(session, conversation, item.mode)
                if item.mode == "bot" and item.staff:
                    self._at.helped(session, conversation, item.staff)
            elif isinstance(item, items.Recalled) and item.by_clerk:
                elsewhere.take_back(session, f"{items.NAME}:{item.key}")
            elif isinstance(item, items.Recalled):
                recall(session, items.NAME, item.key, now)
            elif isinstance(item, items.Failed):
                self._failed(session, item)

    def _failed(self, session: Session, failed: items.Failed) -> None:
        number = failed.message.removeprefix("zhida-").partition("-")[0]
        lost = f"fail_type {failed.sort}" if failed.sort in items.FAILED_FOR_GOOD else None
        if number.isascii() and number.isdigit() and len(number) < 10:
            elsewhere.failed(
                session,
                f"{items.NAME}:{failed.peer}",
                int(number),
                keeps=lost is not None or failed.sort in items.FAILED_FOR_NOW,
                lost=lost,
            )

    async def _welcome(self, entered: items.Entered) -> None:
        """Welcome somebody at once: the code for it does not bear a queue."""
        if utc_now() - entered.at > WELCOME_WITHIN:
            return
        entrance = None
        if entered.scene:
            entrance = await self._at.database.run(self._at.scenes, entered.scene)
        starts = [Choice(title, intent) for title, intent in say.STARTS]
        if entrance is not None:
            starts = [Choice(entrance.title, entered.scene), *starts]
        body: Body = menu(say.WELCOME, Worded("", choices=tuple(starts)), [])
        try:
            number = f"zhida-w-{entered.key}"[:32]
            await self._api.post(SEND_WELCOME, {"code": entered.code, "msgid": number, **body})
        except (ApiRefused, RetryLater) as error:
            log.info("wecom_not_welcomed", reason=str(error))
