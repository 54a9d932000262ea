"""The page 渠道: whether each channel works, and what is wrong with it."""

from nicegui import ui
from starlette.requests import Request

from bot.console.channels.views import Health, healths
from bot.console.frame import current, frame
from bot.console.guard import every
from bot.console.names import CHANNELS
from bot.console.parts import heading
from bot.console.services import services
from store.clock import to_shanghai, utc_now

HEADING, WELL = "渠道", "没有故障记录"
HINT = "每个渠道今天收发多少、有没有积压或故障。号码、密钥在服务器的 .env 里设置。"
NOTHING = "还没有人从任何渠道来过。开通渠道后，第一条消息到来时会出现在这里。"
LOOK_SECONDS = 10.0
COLUMNS = [
    {"name": name, "label": label, "field": name, "align": "left"}
    for name, label in (
        ("channel", "渠道"),
        ("came", "今天收到"),
        ("sent", "今天送达"),
        ("waits", "等待发送"),
        ("held", "等来访者来信"),
        ("dead", "今天未送达"),
        ("allowance", "可主动回复的对话"),
        ("trouble", "最近的故障"),
    )
]


@ui.page("/channels")
async def channels_page(request: Request) -> None:
    """Every channel, drawn anew now and then."""
    staff = current(request)
    with frame(staff, "/channels"):
        page = ChannelsPage()
        await page.refresh()
        every(LOOK_SECONDS, page.refresh)


class ChannelsPage:
    """The moving parts of the page."""

    def __init__(self) -> None:
        heading(HEADING, HINT)
        self._table = ui.table(columns=COLUMNS, rows=[], row_key="channel")
        self._table.props(f'flat tabindex=0 role=region aria-label="{HEADING}"')
        self._table.add_slot("no-data", f"<span>{NOTHING}</span>")

    async def refresh(self) -> None:
        """Read and draw again."""
        database = services().database
        found = await database.run(lambda: healths(database, now=utc_now()))
        self._table.rows = [_row(health) for health in found]
        self._table.update()


def _row(health: Health) -> dict[str, object]:
    counted = health.reachable + health.closed
    trouble = WELL
    if health.trouble is not None and health.trouble_at is not None:
        trouble = f"{to_shanghai(health.trouble_at):%m-%d %H:%M} {health.trouble}"
    return {
        "channel": f"{CHANNELS.get(health.channel, health.channel)}（{health.channel}）",
        "came": health.came,
        "sent": health.sent,
        "waits": health.waits,
        "held": health.held,
        "dead": health.dead,
        "allowance": f"{health.reachable} / {counted}" if counted else "不限",
        "trouble": trouble,
    }
