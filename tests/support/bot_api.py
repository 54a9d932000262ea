"""A stand-in Telegram Bot API server over real HTTP, for tests.

Written from https://core.telegram.org/bots/api and strict about what it accepts (see
``bot_api_checks``). It plays both sides: bots call it, tests act as people through
``say``, ``press`` and read what the bot ``sent``. Not modelled: groups' privacy mode,
message formatting (``parse_mode`` is refused), files to download, delivery to webhooks
(``say`` and the like return the update that would be delivered).
"""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from tests.support.bot_api_http import Server
from tests.support.bot_api_methods import BOT, Fault, Methods, Sent, State

T = TypeVar("T")

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # the documentation's example


class BotApi:
    """The server, with a person's hands: a context manager on a free port of loopback."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self._state = State(token)
        self._changed = threading.Condition()
        self._server = Server(Methods(self._state, self._changed).call)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )

    def __enter__(self) -> "BotApi":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._state.closing = True
            self._changed.notify_all()
        self._server.shutdown()
        self._thread.join()
        self._server.close_connections()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The base address, as in ``https://api.telegram.org``."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    # --- a person's side ---

    def say(self, chat_id: int, text: str, **more: Any) -> dict[str, Any]:
        """Send a text as the person of this private chat; return the update."""
        return self._message(chat_id, {"text": text, **more})

    def show(self, chat_id: int, **content: Any) -> dict[str, Any]:
        """Send something that is not text, such as ``photo=[…], caption="…"``."""
        return self._message(chat_id, content)

    def edit(self, chat_id: int, message_id: int, text: str) -> dict[str, Any]:
        """Edit an earlier message of the person."""
        with self._changed:
            message = self._new_message(chat_id, {"text": text, "edit_date": int(time.time())})
            message["message_id"] = message_id
            return self._enqueue("edited_message", message)

    def press(self, chat_id: int, message_id: int, row: int, column: int = 0) -> dict[str, Any]:
        """Press a button under a message of the bot; return the update."""
        message = next(m for m in self.sent(chat_id) if m.message_id == message_id)
        return self.send_query(chat_id, message_id, message.buttons[row][column]["callback_data"])

    def tap(self, chat_id: int, title: str) -> dict[str, Any]:
        """Press the newest button of this title in the chat."""
        for message in reversed(self.sent(chat_id)):
            for row, buttons in enumerate(message.buttons):
                for column, button in enumerate(buttons):
                    if button["text"] == title:
                        return self.press(chat_id, message.message_id, row, column)
        raise LookupError(f"no button {title!r}")

    def send_query(self, chat_id: int, message_id: int, data: str) -> dict[str, Any]:
        """Send a callback query with any ``data``, as a tampered client can."""
        with self._changed:
            chat = self._chat(chat_id)
            query_id = str(4_382_000_000_000_000_000 + self._state.next_update)
            self._state.queries.add(query_id)
            message = {"message_id": message_id, "date": int(time.time()), "chat": chat}
            query = {
                "id": query_id,
                "from": _person(chat_id),
                "message": {**message, "from": BOT, "text": "…"},
                "chat_instance": str(-chat_id),
                "data": data,
            }
            return self._enqueue("callback_query", query)

    def redeliver(self, update: Mapping[str, Any]) -> None:
        """Deliver an update once more, under its own number."""
        with self._changed:
            self._state.queue.append(dict(update))
            self._changed.notify_all()

    def block(self, chat_id: int) -> None:
        """Block the bot, as the person of this chat."""
        with self._changed:
            self._state.blocked.add(chat_id)

    def unblock(self, chat_id: int) -> None:
        """Take the bot back."""
        with self._changed:
            self._state.blocked.discard(chat_id)

    def delete(self, chat_id: int, message_id: int) -> None:
        """Delete a message of the bot, as the person of this chat."""
        with self._changed:
            gone = (chat_id, message_id)
            kept = [m for m in self._state.sent if (m.chat_id, m.message_id) != gone]
            self._state.sent[:] = kept

    # --- a test's side ---

    def mend(self) -> None:
        """Forget every fault that was scripted."""
        with self._changed:
            self._state.faults.clear()

    def fail(self, status: int, **more: Any) -> None:
        """Script a fault; see ``Fault``."""
        with self._changed:
            self._state.faults.append(Fault(status, **more))

    def sent(self, chat_id: int | None = None) -> list[Sent]:
        """Return the bot's messages to one chat or to all, oldest first."""
        with self._changed:
            return [m for m in self._state.sent if chat_id in (None, m.chat_id)]

    def calls(self, method: str) -> list[dict[str, Any]]:
        """Return the parameters of every well-formed call of ``method``, oldest first."""
        with self._changed:
            return [parameters for name, parameters in self._state.calls if name == method]

    @property
    def answers(self) -> list[dict[str, Any]]:
        """Callback queries the bot answered: the parameters of each answer."""
        with self._changed:
            return list(self._state.answers)

    @property
    def unconfirmed(self) -> list[int]:
        """Numbers of the updates that the bot has not confirmed by an offset."""
        with self._changed:
            return [update["update_id"] for update in self._state.queue]

    @property
    def refused_tokens(self) -> int:
        """How many calls came with a wrong token."""
        with self._changed:
            return self._state.refused_tokens

    @property
    def webhook(self) -> dict[str, Any]:
        """Parameters of the webhook in force; empty without one."""
        with self._changed:
            return dict(self._state.webhook)

    def wait_for(self, what: Callable[[], T], timeout: float = 10.0) -> T:
        """Wait until ``what()`` is truthy and return it; TimeoutError with what was seen.

        Blocks: in a coroutine use ``await asyncio.to_thread(api.wait_for, …)``.
        """
        deadline = time.monotonic() + timeout
        with self._changed:
            while not (found := what()):
                left = deadline - time.monotonic()
                if left <= 0:
                    seen = [name for name, _ in self._state.calls[-20:]]
                    raise TimeoutError(f"waited {timeout} s; last calls: {seen}")
                # What others change (a database) gives no sign here: look again soon.
                self._changed.wait(min(left, 0.05))
            return found

    def wait_for_sent(self, chat_id: int, count: int, timeout: float = 10.0) -> list[Sent]:
        """Wait until the bot has sent ``count`` messages to the chat; return them all."""

        def enough() -> list[Sent]:
            found = self.sent(chat_id)
            return found if len(found) >= count else []

        return self.wait_for(enough, timeout)

    # --- inside ---

    def _message(self, chat_id: int, content: dict[str, Any]) -> dict[str, Any]:
        with self._changed:
            return self._enqueue("message", self._new_message(chat_id, content))

    def _chat(self, chat_id: int) -> dict[str, Any]:
        kind = {"type": "private", "first_name": "测试"}
        if chat_id < 0:
            kind = {"type": "supergroup", "title": "求职群"}
        return self._state.chats.setdefault(chat_id, {"id": chat_id, **kind})

    def _new_message(self, chat_id: int, content: dict[str, Any]) -> dict[str, Any]:
        message = {
            "message_id": self._state.next_message,
            "date": int(time.time()),
            "chat": self._chat(chat_id),
            "from": _person(abs(chat_id)),
            **content,
        }
        self._state.next_message += 1
        return message

    def _enqueue(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        update = {"update_id": self._state.next_update, kind: content}
        self._state.next_update += 1
        if kind in self._state.allowed:
            self._state.queue.append(update)
        self._changed.notify_all()
        return update


def _person(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "测试", "language_code": "zh-hans"}


__all__ = ["TOKEN", "BotApi", "Fault", "Sent"]
