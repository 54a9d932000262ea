"""What cases bring to the public pages: how a case stands, by its link."""

from fastapi import APIRouter, Response

from actions.cases.links import by_link
from actions.cases.service import OPEN, Cases
from bot import headers
from bot.web.cases import sentences
from bot.web.feature import Site, WebFeature
from language.wording import day_and_time
from store.clock import utc_now


def _add_routes(public: APIRouter, site: Site) -> None:
    cases, key = Cases(site.database), site.settings.signing_key()

    @public.get("/cases/{token}", include_in_schema=False)
    async def case_page(token: str) -> Response:
        now = utc_now()
        case = await site.database.run(lambda: by_link(cases, token, key, now=now))
        if case is None:
            page = site.render.say(404, sentences.NO_CASE_TITLE, sentences.NO_CASE_TEXT)
        else:
            page = site.render(
                "case.html",
                case=case,
                reason=sentences.REASONS[case.reason],
                waits=case.status == OPEN,
                reply_by=day_and_time(case.reply_by, now),
                late=now > case.reply_by,
            )
        page.headers.update(headers.BY_LINK)
        return page


CASES = WebFeature("cases", _add_routes)
