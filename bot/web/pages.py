"""Routes of the public pages: chat, list of policies, one policy, static files."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse

from bot.web import headers, sentences
from bot.web.assets import Assets
from bot.web.cards import describe
from bot.web.reading import lay_out
from bot.web.render import Renderer
from knowledge.documents import get_document, list_documents
from store.database import Database
from store.settings import Settings

ID_MAX = 200
# Longer than any quote; beyond it the words are looked for no more, but the page still opens.
QUERY_MAX = 20_000


def router(database: Database, _settings: Settings) -> APIRouter:
    """Return the routes ``/``, ``/static/…``, ``/policies`` and ``/policies/{doc_id}``."""
    assets = Assets()
    render = Renderer(assets)
    public = APIRouter()
    _add_static(public, assets)

    @public.get("/", response_class=HTMLResponse, include_in_schema=False)
    async def chat() -> HTMLResponse:
        return render("chat.html")

    @public.get("/policies", response_class=HTMLResponse, include_in_schema=False)
    async def policies() -> HTMLResponse:
        documents = await database.run(list_documents, database)
        return render("policies.html", cards=[describe(document) for document in documents])

    @public.get("/policies/{doc_id}", response_class=HTMLResponse, include_in_schema=False)
    async def policy(doc_id: str, quote: Annotated[str, Query()] = "") -> HTMLResponse:
        known = len(doc_id) <= ID_MAX and doc_id.isprintable()
        document = await database.run(get_document, database, doc_id) if known else None
        if document is None:
            return render(
                "missing.html",
                404,
                heading=sentences.NOT_FOUND_TITLE,
                text=sentences.NOT_FOUND_TEXT,
            )
        layout = await database.run(lay_out, document.text, document.units, quote[:QUERY_MAX])
        missing = sentences.QUOTE_MISSING if quote.strip() and not layout.found else ""
        return render("policy.html", card=describe(document), layout=layout, quote_missing=missing)

    return public


def _add_static(public: APIRouter, assets: Assets) -> None:
    @public.get("/static/{version}/{name}", include_in_schema=False)
    async def static(version: str, name: str) -> Response:
        asset = assets.get(name)
        if asset is None:
            return Response(status_code=404, headers=headers.CHECK_AGAIN)
        # A page opened before an update still asks by the old version: it gets today's file,
        # but must not keep it under that name.
        kept = headers.FOR_EVER if version == assets.version else headers.CHECK_AGAIN
        return Response(asset.body, media_type=asset.media_type, headers=kept)
