"""NiceGUI under ``/console`` of our application, and the login in front of it."""

from importlib import import_module
from typing import Annotated

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from nicegui import app as nicegui_app
from nicegui import ui
from nicegui.storage import Storage

from actions.dialogue.services import Services
from bot.console import sentences
from bot.console.accounts import check
from bot.console.features import FEATURES
from bot.console.frame import FAVICON
from bot.console.services import open_services, services
from bot.console.session import COOKIE, LASTS, LOGIN, RequireLogin, sign_in
from bot.messaging.handover import Handover
from bot.outage import DatabaseDown
from bot.web.assets import Assets
from bot.web.pages import renderer
from store.clock import utc_now

MOUNT = "/console"


def mount_on(app: FastAPI, opened: Services, handover: Handover) -> None:
    """Mount NiceGUI on ``app``; see ``bot.console.mount``."""
    open_services(opened, handover)
    settings = opened.settings
    for feature in FEATURES:
        for module in feature.pages.values():
            import_module(module)
    # Nothing of a session is kept in files, but if it ever is: not in the working directory.
    Storage.path = settings.var_dir / "console"
    # A second mounting: the stack is built anew, with the new secret.
    nicegui_app.user_middleware.clear()
    nicegui_app.middleware_stack = None
    nicegui_app.add_middleware(RequireLogin)
    nicegui_app.add_middleware(DatabaseDown)
    ui.run_with(
        app,
        mount_path=MOUNT,
        title=sentences.TITLE,
        language="zh-CN",
        favicon=FAVICON,
        storage_secret=settings.signing_key(),
        session_middleware_kwargs={
            "session_cookie": COOKIE,
            "max_age": int(LASTS.total_seconds()),
            "path": MOUNT,
            "same_site": "lax",
            "https_only": settings.public_url.startswith("https://"),
        },
        show_welcome_message=False,
        tailwind=False,
        reconnect_timeout=20,
    )


_render = renderer(Assets())


@nicegui_app.get(LOGIN, include_in_schema=False)
async def login_page() -> HTMLResponse:
    """Show the login form."""
    return _render("login.html", failure="", name="")


@nicegui_app.post(LOGIN, include_in_schema=False)
async def login(
    request: Request, name: Annotated[str, Form()] = "", password: Annotated[str, Form()] = ""
) -> Response:
    """Sign in, or say that it did not work and nothing more."""
    now = utc_now()
    database = services().database
    staff = await database.run(lambda: check(database, name, password, now=now))
    if staff is None:
        return _render("login.html", 401, failure=sentences.LOGIN_FAILED, name=name[:50])
    sign_in(request.session, staff, now=now)
    return RedirectResponse(request.scope.get("root_path", "") + "/", 303)


@nicegui_app.post("/logout", include_in_schema=False)
async def logout(request: Request) -> Response:
    """Forget who is signed in."""
    request.session.clear()
    return RedirectResponse(request.scope.get("root_path", "") + LOGIN, 303)
