"""What the stand-in Bot API server knows, and its methods as a bot calls them."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.support.bot_api_checks import UPDATE_TYPES, Raw, Refused, bad, read_parameters
from tests.support.bot_api_http import DropConnection

BOT = {"id": 110201543, "is_bot": True, "first_name": "职达", "username": "zhida_test_bot"}

Keyboard = list[list[dict[str, str]]]


@dataclass(frozen=True)
class Sent:
    """A message of the bot: ``buttons`` in rows, ``photo`` an address or an upload."""

    chat_id: int
    message_id: int
    text: str
    buttons: Keyboard
    photo: Raw | None = None

    @property
    def titles(self) -> list[str]:
        """All buttons' titles, top to bottom."""
        return [button["text"] for row in self.buttons for button in row]


@dataclass
class Fault:
    """What goes wrong with the next ``times`` calls (of ``method``, or of any).

    ``skip`` such calls go well before. ``status`` is an HTTP status; 0 drops the
    connection before the call is carried out, -1 after it: the caller cannot tell these
    two apart.
    """

    status: int
    times: int = 1
    method: str | None = None
    retry_after: int | None = None
    description: str = "scripted fault"
    skip: int = 0

    def as_error(self) -> Exception:
        """Return what to raise before the call is carried out."""
        if self.status == 0:
            return DropConnection()
        if self.retry_after is None:
            return Refused(self.status, self.description)
        return Refused(
            self.status,
            f"Too Many Requests: retry after {self.retry_after}",
            retry_after=self.retry_after,
        )


@dataclass
class State:
    """Everything the server knows; read and written under its condition only."""

    token: str
    next_update: int = 837_000_001
    next_message: int = 1
    queue: list[dict[str, Any]] = field(default_factory=list)
    chats: dict[int, dict[str, Any]] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    sent: list[Sent] = field(default_factory=list)
    queries: set[str] = field(default_factory=set)
    answers: list[dict[str, Any]] = field(default_factory=list)
    allowed: frozenset[str] = UPDATE_TYPES
    webhook: dict[str, Any] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    pollers: int = 0
    refused_tokens: int = 0
    closing: bool = False


class Methods:
    """The Bot API's methods over a state, one call at a time."""

    def __init__(self, state: State, changed: threading.Condition) -> None:
        self._state = state
        self._changed = changed

    def call(self, token: str, method: str, raw: Mapping[str, Raw]) -> Any:
        """Carry out one call; raise Refused or DropConnection."""
        with self._changed:
            if token != self._state.token:
                self._state.refused_tokens += 1
                raise Refused(401, "Unauthorized")
            parameters = read_parameters(method, raw)
            self._state.calls.append((method, parameters))
            self._changed.notify_all()
            fault = self._next_fault(method)
            if fault is not None and fault.status >= 0:
                raise fault.as_error()
            result = getattr(self, f"_{_snake(method)}")(**parameters)
            self._changed.notify_all()
            if fault is not None:
                raise DropConnection
            return result

    def _next_fault(self, method: str) -> Fault | None:
        for fault in self._state.faults:
            if fault.times > 0 and fault.method in (None, method):
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                return fault
        return None

    def _reach(self, chat_id: int) -> None:
        if chat_id not in self._state.chats:
            raise bad("chat not found")
        if chat_id in self._state.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")

    def _get_me(self) -> dict[str, Any]:
        flags = {"can_join_groups": True, "can_read_all_group_messages": False}
        return {**BOT, **flags, "supports_inline_queries": False}

    def _get_updates(
        self,
        offset: int = 0,
        limit: int = 100,
        timeout: int = 0,
        allowed_updates: list[str] | None = None,
    ) -> list[dict[str, Any]]:
        state = self._state
        if state.webhook:
            raise Refused(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        if allowed_updates is not None:
            state.allowed = frozenset(allowed_updates) or UPDATE_TYPES
        self._confirm(offset)
        state.pollers += 1
        mine, deadline = state.pollers, time.monotonic() + timeout
        self._changed.notify_all()
        while not state.queue and not state.closing and (left := deadline - time.monotonic()) > 0:
            self._changed.wait(left)
            if mine != state.pollers:
                raise Refused(
                    409,
                    "Conflict: terminated by other getUpdates request; "
                    "make sure that only one bot instance is running",
                )
        return state.queue[:limit]

    def _confirm(self, offset: int) -> None:
        queue = self._state.queue
        if offset < 0:
            queue[:] = queue[offset:]
        else:
            queue[:] = [update for update in queue if update["update_id"] >= offset]

    def _deliver(
        self, chat_id: int, text: str, markup: Keyboard | None, photo: Raw | None = None
    ) -> dict[str, Any]:
        self._reach(chat_id)
        sent = Sent(chat_id, self._state.next_message, text, markup or [], photo)
        self._state.next_message += 1
        self._state.sent.append(sent)
        return self._as_message(sent)

    def _as_message(self, sent: Sent) -> dict[str, Any]:
        message: dict[str, Any] = {
            "message_id": sent.message_id,
            "date": int(time.time()),
            "chat": self._state.chats[sent.chat_id],
            "from": BOT,
        }
        if sent.photo is None:
            message["text"] = sent.text
        else:
            size = {"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}
            message.update({"photo": [size], "caption": sent.text})
        if sent.buttons:
            message["reply_markup"] = {"inline_keyboard": sent.buttons}
        return message

    def _send_message(
        self, chat_id: int, text: str, reply_markup: Any = None, **_: Any
    ) -> dict[str, Any]:
        return self._deliver(chat_id, text, reply_markup)

    def _send_photo(
        self, chat_id: int, photo: Raw, caption: str = "", reply_markup: Any = None, **_: Any
    ) -> dict[str, Any]:
        return self._deliver(chat_id, caption, reply_markup, photo)

    def _send_chat_action(self, chat_id: int, action: str) -> bool:
        self._reach(chat_id)
        return bool(action)

    def _edit_message_text(
        self, chat_id: int, message_id: int, text: str, reply_markup: Any = None, **_: Any
    ) -> dict[str, Any]:
        return self._edit(chat_id, message_id, text=text, buttons=reply_markup or [])

    def _edit_message_reply_markup(
        self, chat_id: int, message_id: int, reply_markup: Keyboard | None = None
    ) -> dict[str, Any]:
        return self._edit(chat_id, message_id, buttons=reply_markup or [])

    def _edit(self, chat_id: int, message_id: int, **changes: Any) -> dict[str, Any]:
        self._reach(chat_id)
        for number, message in enumerate(self._state.sent):
            if (message.chat_id, message.message_id) == (chat_id, message_id):
                edited = replace(message, **changes)
                if "text" in changes and message.photo is not None:
                    raise bad("there is no text in the message to edit")
                if edited == message:
                    raise bad(
                        "message is not modified: specified new message content and reply markup "
                        "are exactly the same as a current content and reply markup of the message"
                    )
                self._state.sent[number] = edited
                return self._as_message(edited)
        raise bad("message to edit not found")

    def _answer_callback_query(self, callback_query_id: str, **more: Any) -> bool:
        if callback_query_id not in self._state.queries:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        self._state.queries.discard(callback_query_id)
        self._state.answers.append({"callback_query_id": callback_query_id, **more})
        return True

    def _set_webhook(self, url: str, **more: Any) -> bool:
        if more.pop("drop_pending_updates", False):
            self._state.queue.clear()
        self._state.webhook = {"url": url, **more} if url else {}
        return True

    def _delete_webhook(self, drop_pending_updates: bool = False) -> bool:
        return self._set_webhook("", drop_pending_updates=drop_pending_updates)

    def _get_webhook_info(self) -> dict[str, Any]:
        return {
            "url": self._state.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self._state.queue),
        }

    def _set_my_commands(self, commands: list[dict[str, str]], **_: Any) -> bool:
        return bool(commands)


def _snake(method: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in method)
