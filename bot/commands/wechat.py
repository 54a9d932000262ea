"""Commands about the 服务号: its menu, codes for halls, templates of notices."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bot.channels.callbacks.api import Api, ApiRefused, open_http
from bot.channels.wechat.account import api_of
from bot.channels.wechat.notices import KINDS, LASTING, STATE, SUBSCRIBED
from bot.commands.data import opened
from bot.commands.output import fail, say
from bot.messaging.channels import states
from bot.messaging.messages import RetryLater
from store.clock import utc_now
from store.database import Database
from store.settings import Settings

MENU: dict[str, Any] = {
    "button": [
        {
            "name": "办事预约",
            "sub_button": [
                {"type": "click", "name": "约窗口", "key": "book_window"},
                {"type": "click", "name": "我的预约", "key": "my_bookings"},
                {"type": "click", "name": "大厅人流", "key": "hall_status"},
            ],
        },
        {
            "name": "找工作",
            "sub_button": [
                {"type": "click", "name": "搜岗位", "key": "search_jobs"},
                {"type": "click", "name": "推荐岗位", "key": "recommend_jobs"},
                {"type": "click", "name": "找培训", "key": "find_training"},
            ],
        },
        {"type": "click", "name": "转人工", "key": "talk_to_staff"},
    ]
}
"""Three buttons, each an intent: what is typed and what is tapped is one thing."""
SHOW_CODE = "https://mp.weixin.qq.com/cgi-bin/showqrcode"
_FIELD = re.compile(r"([^\n：:]*)[：:]\{\{(\w+)\.DATA\}\}")
_WORDS = {"time": "time", "大厅": "hall", "地点": "hall", "事项": "business", "号": "code"}


def run_menu(settings: Settings) -> None:
    """Give the account its menu; clients show a change within a day."""
    _with_api(settings, lambda api, _: api.post("/cgi-bin/menu/create", MENU))
    say("菜单已更新，手机上最多一天后看到。")


def run_code(settings: Settings, scene: str, out: Path | None) -> None:
    """Make a code for a poster, for ever; say where its picture is, or keep that."""
    wanted = {
        "action_name": "QR_LIMIT_STR_SCENE",
        "action_info": {"scene": {"scene_str": scene}},
    }
    found = _with_api(settings, lambda api, _: api.post("/cgi-bin/qrcode/create", wanted))
    if out is None:
        say(f"{SHOW_CODE}?{urlencode({'ticket': found['ticket']})}")
        return
    import segno

    segno.make(found["url"], error="m").save(str(out), scale=12)
    say(f"二维码已存到 {out}，扫后打开「{scene}」。")


def run_notices(settings: Settings) -> None:
    """Find which of the account's templates is for what, by its title; keep it for the sender."""

    async def find(api: Api, database: Database) -> dict[str, Any]:
        listed = await api.get("/cgi-bin/template/get_all_private_template")
        subscribed = await _subscribed(api)
        found = {
            STATE: templates(listed.get("template_list") or []),
            SUBSCRIBED: templates([_as_template(each) for each in subscribed]),
        }
        for state, chosen in found.items():
            states.keep(database, state, json.dumps(chosen, ensure_ascii=False), now=utc_now())
        return found

    found = _with_api(settings, find)
    for kind, title in KINDS.items():
        ways = {"订阅通知": found[SUBSCRIBED].get(kind), "模板消息": found[STATE].get(kind)}
        has = [f"{way} {each['id']}" for way, each in ways.items() if each]
        say(f"{title}：{'，'.join(has) or '没有模板，改在下次来信时告知'}")


async def _subscribed(api: Api) -> list[dict[str, Any]]:
    """Return the account's templates of 订阅通知; none where it has no right to them."""
    try:
        listed = await api.get("/wxaapi/newtmpl/gettemplate")
    except ApiRefused:
        return []
    return listed.get("data") or []


def _as_template(subscribed: dict[str, Any]) -> dict[str, Any]:
    """Return a template of 订阅通知 in the words of 模板消息."""
    return {
        "template_id": subscribed.get("priTmplId"),
        "title": subscribed.get("title"),
        "content": subscribed.get("content"),
        "lasting": subscribed.get("type") == LASTING,
    }


def templates(listed: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the template of each kind of notice: the first with its word in the title."""
    chosen: dict[str, Any] = {}
    for kind, word in KINDS.items():
        for template in listed:
            fields = _fields(str(template.get("content", "")))
            if word in str(template.get("title", "")) and fields and kind not in chosen:
                chosen[kind] = {"id": template["template_id"], "fields": fields}
                if template.get("lasting"):
                    chosen[kind]["lasting"] = True
    return chosen


def _fields(content: str) -> dict[str, str]:
    """Return what goes into each field of a template, by what it is called."""
    found: dict[str, str] = {}
    for label, field in _FIELD.findall(content):
        sources = [source for word, source in _WORDS.items() if word in label or word in field]
        found[field] = sources[0] if sources else "title"
    return found


def _with_api(
    settings: Settings, work: Callable[[Api, Database], Awaitable[dict[str, Any]]]
) -> dict[str, Any]:
    if not settings.wechat_app_id or settings.wechat_secret is None:
        fail("没有设 ZHIDA_WECHAT_APP_ID 和 ZHIDA_WECHAT_SECRET，见 docs/wechat.md。")

    async def ask() -> dict[str, Any]:
        with opened(settings) as database:
            async with open_http(settings.wechat_api_base) as http:
                return await work(api_of(settings, database, http), database)

    try:
        return asyncio.run(ask())
    except ApiRefused as error:
        fail(f"平台返回错误 {error.code}，请运行 zhida doctor，或查平台的错误码说明。")
    except RetryLater as error:
        fail(f"没有办成：{error.reason}。")
