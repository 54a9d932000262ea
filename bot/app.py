"""The web application: every channel, the public pages and the console in one process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI

import bot.console
import bot.web
from actions.cases.service import Cases
from actions.dialogue.services import Services
from actions.features import FEATURES
from bot import errors, health
from bot.answers import Answer, HeadOfGet
from bot.background import make_scheduler
from bot.channels.pictures import pictures_of
from bot.channels.protocol import Surroundings
from bot.channels.registry import open_channels
from bot.helped import close_cases
from bot.hosts import OwnHosts
from bot.limits.body import BodyLimit
from bot.limits.requests import RequestLimit
from bot.messaging.handover import Handover
from bot.messaging.service import Messaging
from bot.outage import DatabaseDown
from bot.scenes import scene
from bot.unanswered import open_case
from bot.web.assets import Assets
from bot.web.pages import renderer
from store.database import Database
from store.settings import Settings
from store.vault.vault import Vault


def create_app(settings: Settings) -> FastAPI:
    """Return the application; it begins to work when the server starts it."""
    database = Database(settings.database)
    services = Services(database, settings, FEATURES)
    messaging = Messaging(
        database,
        settings,
        intents=FEATURES.intents,
        values=FEATURES.values,
        gave_up=partial(open_case, services.of(Cases)),
    )
    handover = Handover(database, messaging.pulled, services.of(Vault))
    scheduler = make_scheduler(services, told=messaging.told, pulled=messaging.pulled)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await messaging.start()
        await scheduler.start()
        for channel in channels:
            await channel.start()
        yield
        for channel in channels:
            await channel.stop()
        await scheduler.stop()
        await messaging.stop()
        database.close()

    app = FastAPI(
        title="Zhida",
        lifespan=lifespan,
        default_response_class=Answer,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    pictures = pictures_of(app, settings.web_url)
    scenes = partial(scene, services)
    around = Surroundings(settings, database, messaging, pictures, scenes, close_cases)
    channels = open_channels(around)
    errors.install(app, page=renderer(Assets()).say)
    for channel in channels:
        if (routes := channel.routes()) is not None:
            app.include_router(routes)
    app.include_router(health.router(messaging, scheduler, database, settings.metrics_token))
    app.include_router(bot.web.router(database, settings))
    bot.console.mount(app, services, handover)
    _limit(app, settings)
    return app


def _limit(app: FastAPI, settings: Settings) -> None:
    """Put before the routes what refuses, the last added first."""
    app.add_middleware(BodyLimit)
    app.add_middleware(DatabaseDown)
    app.add_middleware(HeadOfGet, but="/console")
    app.add_middleware(RequestLimit, settings=settings)
    app.add_middleware(OwnHosts, settings=settings)
