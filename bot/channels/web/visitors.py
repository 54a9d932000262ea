"""How much is said from one network address, and how many conversations are begun there."""

from fastapi import Request

from bot.errors import too_many
from bot.hosts import address_of
from bot.limits.rates import Buckets, Rate
from bot.messaging.service import Messaging
from store.settings import Settings


class Visitors:
    """Counts by address; a hall's Wi-Fi or a mobile network brings many people by one."""

    def __init__(self, messaging: Messaging, settings: Settings) -> None:
        self._messaging = messaging
        self._settings = settings
        self._messages = Buckets(Rate.of(settings.limit_address_messages))
        self._conversations = Buckets(Rate.of(settings.limit_conversations))

    async def admit(self, request: Request, conversation_id: str) -> None:
        """Raise ApiError where a message from this address would be one too many."""
        address = address_of(request.scope, self._settings)
        if wait := self._messages.take(address):
            raise too_many("too_many_messages", wait)
        if await self._messaging.knows(conversation_id):
            return
        if wait := self._conversations.take(address):
            raise too_many("too_many_conversations", wait)
