"""What privacy brings to the public pages: a person's own data, fetched once."""

import json
from urllib.parse import quote

from fastapi import APIRouter, Response

from actions.dialogue.services import Services
from actions.features import FEATURES
from actions.privacy.service import Privacy, export
from bot import headers
from bot.web.feature import Site, WebFeature
from bot.web.privacy import sentences as say
from store.clock import utc_now


def _add_routes(router: APIRouter, site: Site) -> None:
    """Add ``/my-data/{token}``: a page, and on a press of its button the file.

    Messengers open an address to show a preview of it: to look at the page uses nothing up.
    """
    services = Services(site.database, site.settings, FEATURES)

    def nothing() -> Response:
        return site.render.say(404, say.NO_FILE_TITLE, say.NO_FILE_TEXT)

    def file(token: str) -> bytes | None:
        now = utc_now()
        person = services.of(Privacy).fetch(token, now)
        if person is None:
            return None
        kept = export(person, services.holdings, now)
        return json.dumps(kept, ensure_ascii=False, indent=2).encode()

    @router.get("/my-data/{token}", include_in_schema=False)
    async def page(token: str) -> Response:
        now = utc_now()
        if not await site.database.run(services.of(Privacy).is_offered, token, now):
            return nothing()
        shown = site.render(
            "my_data.html",
            heading=say.FILE_TITLE,
            text=say.FILE_TEXT,
            button=say.B_FETCH,
            file=f"/my-data/{quote(token)}/file",
        )
        shown.headers.update(headers.BY_LINK)
        return shown

    @router.post("/my-data/{token}/file", include_in_schema=False)
    async def fetch(token: str) -> Response:
        body = await site.database.run(file, token)
        if body is None:
            return nothing()
        named = {"Content-Disposition": f'attachment; filename="{say.FILE_NAME}"'}
        kept = headers.ANSWER | {"X-Robots-Tag": "noindex"} | named
        return Response(body, media_type="application/json", headers=kept)


PRIVACY = WebFeature("privacy", _add_routes)
