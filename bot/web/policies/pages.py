"""Routes of the policy documents: the list of them, and the page where one is read."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from bot import contract
from bot.web.feature import Site
from bot.web.policies import sentences
from bot.web.policies.catalogue import WORDS_MAX, Filter, matching, page_of, pages
from bot.web.policies.contents import contents
from bot.web.policies.document_cache import DocumentCache
from bot.web.policies.document_cards import document_card
from bot.web.policies.layout import lay_out, without_title
from bot.web.render import Renderer
from knowledge.documents.repository import Document, get_document
from language.wording import full_date
from store.clock import to_shanghai, utc_now
from store.database import Database
from store.settings import Settings

ID_MAX = 200
# Longer than any quote; beyond it the words are looked for no more, but the page still opens.
QUERY_MAX = 20_000


def add_routes(public: APIRouter, site: Site) -> None:
    """Add ``/policies`` and ``/policies/{doc_id}``."""
    _add_list(public, site.render, site.database)
    _add_reading(public, site.render, site.database, site.settings)


def _add_list(public: APIRouter, render: Renderer, database: Database) -> None:
    cache = DocumentCache(database)

    @public.get("/policies", response_class=HTMLResponse, responses=contract.page())
    async def policies(
        q: str = "", region: str = "", kind: str = "", validity: str = "", page: str = ""
    ) -> HTMLResponse:
        asked = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
        chosen = Filter(q[:WORDS_MAX], region, kind, validity, asked)
        return await database.run(_list_page, render, cache, chosen)


def _list_page(render: Renderer, cache: DocumentCache, chosen: Filter) -> HTMLResponse:
    documents = cache.snapshot(now=utc_now())
    found = matching(documents.entries, chosen)
    last = pages(len(found))
    chosen = replace(chosen, page=min(max(chosen.page, 1), last))
    return render(
        "policies.html",
        cards=[document_card(document) for document in page_of(found, chosen.page)],
        total=len(documents.entries),
        found=len(found),
        last=last,
        chosen=chosen,
        choices=documents.choices,
    )


def _add_reading(
    public: APIRouter, render: Renderer, database: Database, settings: Settings
) -> None:
    @public.get(
        "/policies/{doc_id}", response_class=HTMLResponse, responses=contract.page(404, 410)
    )
    async def policy(doc_id: str, quote: Annotated[str, Query()] = "") -> HTMLResponse:
        known = len(doc_id) <= ID_MAX and doc_id.isprintable()
        document = await database.run(get_document, database, doc_id) if known else None
        if document is not None and document.status == "removed":
            return render.say(410, sentences.REMOVED_TITLE, sentences.REMOVED_TEXT)
        # A draft is nobody's business yet: to the public it is not there.
        if document is None or document.status != "published":
            return render.say(404, sentences.NOT_FOUND_TITLE, sentences.NOT_FOUND_TEXT)
        return await database.run(
            _reading_page, render, document, quote[:QUERY_MAX], settings.web_url
        )


def _reading_page(render: Renderer, document: Document, quote: str, web_url: str) -> HTMLResponse:
    card = document_card(document)
    layout = lay_out(document.text, document.units, quote)
    layout = without_title(layout, document.title)
    return render(
        "policy.html",
        card=card,
        layout=layout,
        entries=contents(layout.blocks) if document.kind != "guide" else (),
        guide=document.kind == "guide",
        quote_missing=sentences.QUOTE_MISSING if quote.strip() and not layout.found else "",
        address=web_url + card.url,
        as_of=full_date(to_shanghai(utc_now()).date()),
    )
