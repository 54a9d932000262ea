"""How the channel behaves while Telegram, the network or the database is in trouble."""

import random
from dataclasses import dataclass

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.api import seconds_to_wait
from store.backoff import Backoff

log = structlog.get_logger(__name__)

_dice = random.SystemRandom()


@dataclass(frozen=True)
class Pace:
    """Seconds between attempts: doubling from ``first`` to ``ceiling``, or ``slow``.

    ``slow`` is for what only a person can mend: a rejected token, a second process on the
    same bot, a refused webhook.
    """

    first: float = 1.0
    ceiling: float = 60.0
    slow: float = 30.0


class Trouble:
    """Counts failures in a row; one log line when trouble begins, changes or ends."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._failures = 0
        self._said = ""

    def after(self, error: TelegramError | SQLAlchemyError) -> float:
        """Return the seconds to wait after ``error``, with jitter."""
        self._say(_explain(error))
        if isinstance(error, RetryAfter):
            return seconds_to_wait(error) + _dice.uniform(0, self._pace.first)
        if isinstance(error, Conflict | InvalidToken | Forbidden | BadRequest):
            return self._pace.slow * _dice.uniform(0.8, 1.2)
        return self.next_wait()

    def next_wait(self) -> float:
        """Return the next wait of the doubling kind, between half and the whole of it."""
        self._failures += 1
        backoff = Backoff(self._pace.first, self._pace.ceiling, jitter=0.5)
        return backoff.wait(self._failures, chance=_dice.random())

    def over(self) -> None:
        """Note that something worked."""
        self._failures = 0
        if self._said:
            log.info("telegram_well_again")
            self._said = ""

    def _say(self, sentence: str) -> None:
        if sentence != self._said:
            log.warning("telegram_trouble", why=sentence)
            self._said = sentence


def _explain(error: TelegramError | SQLAlchemyError) -> str:
    """Return what is wrong, for an operator: never a token, never a person's words."""
    if isinstance(error, SQLAlchemyError):
        return f"messages cannot be stored ({type(error).__name__}), Telegram keeps them; retrying"
    if isinstance(error, InvalidToken):
        return "the token is rejected; check ZHIDA_TELEGRAM_TOKEN"
    if isinstance(error, Conflict):
        return "another process or a webhook takes this bot's updates; stop that one"
    if isinstance(error, BadRequest | Forbidden):
        return f"the request was refused ({error.message})"
    return f"no answer ({type(error).__name__}); retrying"
