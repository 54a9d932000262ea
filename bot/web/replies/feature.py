"""What replies bring to the public pages: one in full, by its link."""

from fastapi import APIRouter, Response
from sqlalchemy import select

from bot import headers
from bot.messaging.channels.reading import PATH, read_by
from bot.messaging.tables import OutboxMessage
from bot.web.feature import Site, WebFeature
from bot.web.replies import sentences
from store.database import Database
from store.vault.vault import shown_each


def _texts(database: Database, first: int, last: int) -> list[str]:
    """Return replies' words with numbers masked: those of one conversation, if they are there."""
    with database.read() as session:
        begun = session.get(OutboxMessage, first)
        if begun is None:
            return []
        rows = session.scalars(
            select(OutboxMessage)
            .where(
                OutboxMessage.conversation_id == begun.conversation_id,
                OutboxMessage.id.between(first, last),
            )
            .order_by(OutboxMessage.id)
        )
        return shown_each(session, [(row.conversation_id, row.body["text"]) for row in rows])


def _add_routes(public: APIRouter, site: Site) -> None:
    @public.get(f"{PATH}{{token}}", include_in_schema=False)
    async def reply_page(token: str) -> Response:
        found = read_by(site.settings, token)
        texts = [] if found is None else await site.database.run(_texts, site.database, *found)
        if not texts:
            page = site.render.say(404, sentences.NOT_THERE_TITLE, sentences.NOT_THERE_TEXT)
        else:
            page = site.render("reply.html", lines="\n\n".join(texts).splitlines())
        page.headers.update(headers.BY_LINK)
        return page


REPLIES = WebFeature("replies", _add_routes)
