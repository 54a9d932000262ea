"""Clerks at WeCom's own desk: a person is put into their pool, and given back when they are done.

Where no clerk is on duty there the conversation stays with us, and with our console. Who is taken
over there while they wait in the pool is taken out of it.
"""

import structlog

from bot.channels.callbacks.api import Api, ApiRefused
from bot.messaging.channels import elsewhere
from bot.messaging.messages import RetryLater
from bot.messaging.tables import Conversation
from store.database import Database

log = structlog.get_logger(__name__)

SERVICERS = "/cgi-bin/kf/servicer/list"
GET_STATE = "/cgi-bin/kf/service_state/get"
SET_STATE = "/cgi-bin/kf/service_state/trans"
BOT, POOL, WITH_CLERK = 1, 2, 3
ON_DUTY = 0


class Desk:
    """Whose turn it is in a conversation, at WeCom's side."""

    def __init__(self, database: Database, api: Api) -> None:
        self._database = database
        self._api = api

    async def hand_over(self, peer: str) -> None:
        """Put a person into the clerks' pool, if one is on duty; the bot is silent from then on."""
        account, _, person = peer.partition(":")
        try:
            found = await self._api.get(SERVICERS, open_kfid=account)
            clerks = found.get("servicer_list") or []
            if not any(clerk.get("status") == ON_DUTY for clerk in clerks):
                return
            who = {"open_kfid": account, "external_userid": person}
            await self._api.post(SET_STATE, {**who, "service_state": POOL})
        except (ApiRefused, RetryLater) as error:
            # The case is open all the same: our own console has it.
            log.warning("wecom_not_handed_over", reason=str(error))
            return
        await self._set_mode(peer, "staff")

    async def look(self, peer: str) -> bool:
        """Ask who has a conversation, after a send was refused; whether it is ours again."""
        account, _, person = peer.partition(":")
        who = {"open_kfid": account, "external_userid": person}
        try:
            state = (await self._api.post(GET_STATE, who)).get("service_state")
            if state == POOL and await self._database.run(self._has_staff, peer):
                await self._api.post(SET_STATE, {**who, "service_state": BOT})
                return True
        except (ApiRefused, RetryLater) as error:
            log.warning("wecom_state_unknown", reason=str(error))
            return False
        if state in (POOL, WITH_CLERK):
            await self._set_mode(peer, "staff")
        return False

    def _has_staff(self, peer: str) -> bool:
        """Whether somebody at our console answers this person."""
        with self._database.read() as session:
            found = session.get(Conversation, f"wecom:{peer}")
            return found is not None and found.staff is not None

    async def _set_mode(self, peer: str, mode: str) -> None:
        def change() -> None:
            with self._database.write() as session:
                elsewhere.set_mode(session, f"wecom:{peer}", mode)
                session.commit()

        await self._database.run(change)
