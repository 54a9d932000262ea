"""NiceGUI under ``/console`` of our application, and the login in front of it."""

import asyncio
from datetime import timedelta
from http import HTTPStatus
from importlib import import_module
from math import ceil
from time import monotonic
from typing import Annotated

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from nicegui import app as nicegui_app
from nicegui import ui
from nicegui.storage import Storage

from actions.dialogue.services import Services
from bot.console import sentences
from bot.console.door import LOGIN, LOGOUT, RequireLogin, refuse_undeclared, render
from bot.console.features import PAGES
from bot.console.frame import FAVICON
from bot.console.guard import guard_messages
from bot.console.login import devices, session
from bot.console.login.sign_in import CodeWanted, TryLater
from bot.console.services import open_services, services, sessions, sign_in
from bot.hosts import address_of
from bot.messaging.handover import Handover
from bot.outage import DatabaseDown
from store.clock import utc_now

MOUNT = "/console"


def mount_on(app: FastAPI, opened: Services, handover: Handover) -> None:
    """Mount NiceGUI on ``app``; see ``bot.console.mount``."""
    open_services(opened, handover)
    settings = opened.settings
    for page in PAGES.values():
        import_module(page.module)
    refuse_undeclared(nicegui_app.routes)
    # Nothing of a session is kept in files, but if it ever is: not in the working directory.
    Storage.path = settings.var_dir / "console"
    # A second mounting: the stack is built anew, with the new secret.
    nicegui_app.user_middleware.clear()
    nicegui_app.middleware_stack = None
    nicegui_app.add_middleware(RequireLogin)
    nicegui_app.add_middleware(DatabaseDown)
    guard_messages()
    ui.run_with(
        app,
        mount_path=MOUNT,
        title=sentences.TITLE,
        language="zh-CN",
        favicon=FAVICON,
        show_welcome_message=False,
        tailwind=False,
        reconnect_timeout=20,
    )


@nicegui_app.get(LOGIN, include_in_schema=False)
async def login_page() -> HTMLResponse:
    """Show the login form."""
    return render("login.html", failure="", name="")


@nicegui_app.post(LOGIN, include_in_schema=False)
async def login(
    request: Request,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    proof: Annotated[str, Form()] = "",
    code: Annotated[str, Form()] = "",
) -> Response:
    """Sign in, ask for the one-time code, or say that it did not work and nothing more."""
    began = monotonic()
    answer = await _signed_in(request, name, password, (proof, code))
    if answer.status_code >= HTTPStatus.BAD_REQUEST:
        await asyncio.sleep(max(began + REFUSED_SECONDS - monotonic(), 0))
    return answer


REFUSED_SECONDS = 2.0
"""Until a refusal is told, as PAM does: who guesses waits, and keeps nobody else waiting."""


async def _signed_in(
    request: Request, name: str, password: str, second: tuple[str, str]
) -> Response:
    proof, code = second
    whence = {
        "address": address_of(request.scope, services().settings),
        "device": request.cookies.get(devices.COOKIE, ""),
    }
    try:
        if proof:
            admitted = await sign_in().attempt_code(proof, code, **whence, now=utc_now())
        else:
            admitted = await sign_in().attempt(name, password, **whence, now=utc_now())
    except TryLater as later:
        refused = render("login.html", 429, failure=sentences.LOGIN_LATER, name=name[:50])
        refused.headers["Retry-After"] = str(ceil(later.seconds))
        return refused
    if admitted is None:
        return render("login.html", 401, failure=sentences.LOGIN_FAILED, name=name[:50])
    if isinstance(admitted, CodeWanted):
        failure, status = (sentences.CODE_FAILED, 401) if proof else ("", 200)
        return render("login_code.html", status, failure=failure, proof=admitted.proof)
    await sessions().end(session.key_of(request.cookies), utc_now())
    response = RedirectResponse(request.scope.get("root_path", "") + "/", 303)
    _set_cookie(response, session.COOKIE, admitted.token, session.LASTS)
    _set_cookie(response, devices.COOKIE, admitted.device, devices.LASTS)
    return response


@nicegui_app.post(LOGOUT, include_in_schema=False)
async def logout(request: Request) -> Response:
    """End the session, for every page that is open in it."""
    await sessions().end(session.key_of(request.cookies), utc_now())
    response = RedirectResponse(request.scope.get("root_path", "") + LOGIN, 303)
    _set_cookie(response, session.COOKIE, "", timedelta(0))
    return response


def _set_cookie(response: Response, name: str, value: str, lasts: timedelta) -> None:
    response.set_cookie(
        name,
        value,
        max_age=int(lasts.total_seconds()),
        path=MOUNT,
        secure=services().settings.public_url.startswith("https://"),
        httponly=True,
        samesite="lax",
    )
