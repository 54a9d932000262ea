"""Routes of the public pages: the chat and the static files here, all else from the features."""

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from actions.dialogue.sentences import PRIVACY
from bot import contract, headers
from bot.web.assets import Assets
from bot.web.belongings import add_belongings
from bot.web.feature import Site, add_all
from bot.web.features import FEATURES
from bot.web.render import Renderer
from store.database import Database
from store.settings import Settings


def router(database: Database, settings: Settings) -> APIRouter:
    """Return every page that opens without a login."""
    assets = Assets()
    render = renderer(assets)
    public = APIRouter()
    _add_static(public, assets)
    _add_chat(public, render)
    add_belongings(public, database, settings)
    add_all(public, Site(render, database, settings), FEATURES)
    return public


def renderer(assets: Assets) -> Renderer:
    """Return what fills templates, with every feature's links in the header."""
    return Renderer(assets, [link for feature in FEATURES for link in feature.links])


def _add_chat(public: APIRouter, render: Renderer) -> None:
    @public.get("/", response_class=HTMLResponse, responses=contract.page())
    async def chat() -> HTMLResponse:
        return render("chat.html")

    @public.get(PRIVACY, response_class=HTMLResponse, include_in_schema=False)
    async def privacy() -> HTMLResponse:
        return render("privacy.html")


def _add_static(public: APIRouter, assets: Assets) -> None:
    @public.get("/static/{version}/{name:path}", include_in_schema=False)
    async def static(version: str, name: str) -> Response:
        asset = assets.get(name)
        if asset is None:
            return Response(status_code=404, headers=headers.CHECK_AGAIN)
        # A page opened before an update still asks by the old version: it gets today's file,
        # but must not keep it under that name.
        kept = headers.FOR_EVER if version == assets.version else headers.CHECK_AGAIN
        return Response(asset.body, media_type=asset.media_type, headers=kept)
