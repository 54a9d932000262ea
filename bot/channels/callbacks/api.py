"""Calls of WeChat's and WeCom's APIs: a token with each, renewed once where it is refused."""

import json
from collections.abc import Mapping
from typing import Any

import httpx

from bot.channels.callbacks.access_token import AccessToken
from bot.messaging.messages import RetryLater

TOKEN_REFUSED = frozenset({40001, 40014, 42001})
TIMEOUT = httpx.Timeout(10.0, connect=5.0)
SLOW_SECONDS = 300.0


class ApiRefused(Exception):
    """The platform's own number for what it did not do; its words change, and are not read."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


def open_http(base: str) -> httpx.AsyncClient:
    """Return a client of an API at ``base``."""
    return httpx.AsyncClient(base_url=base, timeout=TIMEOUT)


async def ask(http: httpx.AsyncClient, method: str, path: str, **more: Any) -> dict[str, Any]:
    """Return the JSON of an answer that reports no error.

    Raise ApiRefused, or RetryLater where no answer came: ``untaken`` only if nothing can have
    been taken. The request's address, which holds a secret, is in neither.
    """
    try:
        response = await http.request(method, path, **more)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise RetryLater(untaken=True, reason=type(error).__name__) from None
    except httpx.TransportError as error:
        raise RetryLater(reason=type(error).__name__) from None
    if response.is_error:
        raise RetryLater(untaken=True, reason=f"HTTP {response.status_code}")
    try:
        # Raw control characters have been seen inside of strings.
        body = json.loads(response.content, strict=False)
        code = int(body.get("errcode", 0))
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise RetryLater(reason="answer unreadable") from None
    if code:
        raise ApiRefused(code)
    return body if isinstance(body, dict) else {}


class Api:
    """One account's API. Bodies go out in real UTF-8: an escape would be shown to the person."""

    def __init__(self, http: httpx.AsyncClient, token: AccessToken) -> None:
        self._http = http
        self._token = token

    async def get(self, path: str, **query: Any) -> dict[str, Any]:
        """Return the answer to a GET."""
        return await self._call("GET", path, params=query)

    async def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer to a POST of JSON."""
        content = json.dumps(body, ensure_ascii=False).encode(errors="replace")
        headers = {"Content-Type": "application/json; charset=utf-8"}
        return await self._call("POST", path, content=content, headers=headers)

    async def upload(self, path: str, picture: bytes, **query: Any) -> dict[str, Any]:
        """Return the answer to the upload of a picture."""
        files = {"media": ("picture.png", picture, "image/png")}
        return await self._call("POST", path, params=query, files=files)

    async def _call(
        self, method: str, path: str, *, params: Mapping[str, Any] | None = None, **more: Any
    ) -> dict[str, Any]:
        token = await self._token_but(None)
        try:
            return await self._ask(method, path, token, params, more)
        except ApiRefused as error:
            if error.code not in TOKEN_REFUSED:
                raise
        fresh = await self._token_but(token)
        return await self._ask(method, path, fresh, params, more)

    async def _token_but(self, refused: str | None) -> str:
        try:
            return await self._token.get(but=refused)
        except ApiRefused as error:
            # No token: the account's trouble, never the reply's.
            raise RetryLater(
                SLOW_SECONDS, untaken=True, patient=True, reason=f"token {error.code}"
            ) from None

    async def _ask(
        self,
        method: str,
        path: str,
        token: str,
        params: Mapping[str, Any] | None,
        more: Mapping[str, Any],
    ) -> dict[str, Any]:
        query = {**(params or {}), "access_token": token}
        return await ask(self._http, method, path, params=query, **more)
