"""What goes wrong over HTTP: stable codes, Chinese sentences, never a traceback."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.routing import Match

from bot import headers
from store.errors import ZhidaError

log = structlog.get_logger(__name__)

SENTENCES = {
    "malformed_json": "内容不是正确的 JSON，请检查后重发。",
    "invalid_field": "有一项内容不正确，请检查后重发。",
    "empty_text": "消息是空的，请写下您的问题。",
    "text_too_long": "消息太长了，请分成几条发送（每条不超过 4000 字）。",
    "weak_conversation_id": "会话编号太容易被猜到，请用随机生成的编号（至少 20 个字符）。",
    "conversation_in_query": "会话编号不能写在网址里，请放在 Authorization 请求头里。",
    "no_conversation": "没有说明是哪个会话，请在 Authorization 请求头里写 Bearer 和会话编号。",
    "conversation_too_long": "会话编号太长（最多 128 个字符）。",
    "message_id_too_long": "消息编号太长（最多 200 个字符）。",
    "bad_payload": "这个按钮已经不能用了，请直接用文字告诉我。",
    "body_too_large": "内容太大了，请缩短后重发。",
    "too_many_messages": "您发得有点快，请稍等几秒再发。",
    "too_many_conversations": "从您这里新开的对话太多了，请稍等几秒再试，或接着原来的对话问。",
    "too_many_requests": "从您这里来的请求太多了，请稍等几秒再试。",
    "headers_too_large": "请求头太大了。",
    "bad_signature": "签名不正确。",
    "stale_timestamp": "时间戳已过期，请校准时钟后重发。",
    "repeated_nonce": "这个请求已经收到过，请换一个 nonce 重新签名。",
    "bridge_closed": "这个通道没有开通。",
    "metrics_closed": "运行指标只对本机和持有令牌的程序开放。",
    "unknown_host": "这个网址不是我们的，请从公布的网址打开。",
    "not_found": "没有这个页面。",
    "method_not_allowed": "不支持这种请求方式。",
    "unavailable": "服务暂时不可用，请稍后再试，或拨 12333。",
    "internal_error": "服务出了点问题，请稍后再试，或拨 12333。",
    "bad_request": "请求不正确。",
}
"""Every stable code and what a person reads."""


PAGES = {
    "not_found": "网址可能写错了，或者内容已经换了地方。可以从下面接着办，也可以直接问职达。",
    "internal_error": "我们已经记下了。您的预约和工单都不受影响。",
}
"""What a person reads below it on a page."""


class ApiError(ZhidaError):
    """An error with a stable ``code``, an HTTP ``status`` and the ``field`` it is about.

    ``more`` headers go with it.
    """

    def __init__(
        self,
        status: int,
        code: str,
        field: str | None = None,
        more: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status: int = status
        self.code = code
        self.field = field
        self.more = more


def too_many(code: str, seconds: float) -> ApiError:
    """Return the refusal of what comes too fast; it may be tried again in ``seconds``."""
    return ApiError(429, code, more={"Retry-After": str(max(1, math.ceil(seconds)))})


def _body(code: str, field: str | None) -> dict[str, Any]:
    return {"error": {"code": code, "message": SENTENCES[code], "field": field}}


def respond(
    status: int, code: str, field: str | None = None, more: Mapping[str, str] | None = None
) -> JSONResponse:
    """Return the response that every error has, with ``more`` headers."""
    return JSONResponse(_body(code, field), status, headers={**headers.ANSWER, **(more or {})})


_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def _allowed(request: Request) -> str:
    """Return the methods that the request's path knows, whichever routes they are of."""
    routes = request.app.routes
    found = [
        method
        for method in _METHODS
        if any(r.matches({**request.scope, "method": method})[0] == Match.FULL for r in routes)
    ]
    return ", ".join(["HEAD", *found] if "GET" in found else found)


# FastAPI itself answers 400 only to a body that cannot be decoded.
_BY_STATUS = {
    400: "malformed_json",
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
}


def wants_page(scope: Mapping[str, Any]) -> bool:
    """Tell whether a person opened an address in a browser: programs ask for anything."""
    accepted = Headers(raw=scope["headers"]).get("accept", "")
    return scope["method"] in ("GET", "HEAD") and "text/html" in accepted


Page = Callable[[int, str, str], Response]
"""Makes a page of a status, a heading and words."""


def install(app: FastAPI, page: Page | None = None) -> None:
    """Give every error of ``app`` its stable form; who opened an address reads ``page``, if any."""

    @app.exception_handler(ApiError)
    async def _api_error(_request: Request, error: ApiError) -> JSONResponse:
        return respond(error.status, error.code, error.field, error.more)

    @app.exception_handler(RequestValidationError)
    async def _invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            return respond(400, "malformed_json")
        names = [str(part) for part in first["loc"] if part not in ("body", "query")]
        return respond(422, "invalid_field", ".".join(names) or None)

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        code = _BY_STATUS.get(error.status_code, "bad_request")
        if page and code == "not_found" and wants_page(request.scope):
            return page(404, SENTENCES[code], PAGES[code])
        more = {"Allow": _allowed(request)} if error.status_code == 405 else None
        return respond(error.status_code, code, more=more)

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, error: Exception) -> Response:
        log.error("request failed", at=route_of(request.scope), exc_info=error)
        if page and wants_page(request.scope):
            return page(500, SENTENCES["internal_error"], PAGES["internal_error"])
        return respond(500, "internal_error")


def route_of(scope: Mapping[str, Any]) -> str:
    """Return the pattern of a request's address, for the log: the address may be a key."""
    return str(getattr(scope.get("route"), "path", "unknown"))
