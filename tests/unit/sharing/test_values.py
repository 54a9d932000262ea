"""What an employer says of staff to lend or to borrow, out of one sentence."""

import pytest

from actions.dialogue.tasks import Words
from actions.sharing.chat.values import counts, periods, places, sides, trades
from actions.sharing.service import BORROW, LEND
from tests.chat.conftest import NOW, named_in

Row = tuple[str, str | None, str | None, int | None, str | None, str | None]
ROWS: list[Row] = [
    ("我们厂淡季有30个普工想借出去两个月", LEND, "普工", 30, None, "两个月"),
    ("年底赶订单，想跟同行借二十来个缝纫工用到年底", BORROW, "缝纫工", 20, None, "用到年底"),
    ("苏州这边停产检修，五十名焊工可以外派三个星期", LEND, "焊工", 50, "320500", "三个星期"),
    ("厂子冬天没活，四十来号人闲着", LEND, None, 40, None, None),
    ("谁家有富余的人手匀给我几个", BORROW, None, None, None, None),
    ("帮忙找找缺工的厂子，咱有人", LEND, None, None, None, None),
    ("旺季忙不过来，跟别家借二十个缝纫工", BORROW, "缝纫工", 20, None, None),
    ("缺三十人，六月到八月", BORROW, None, 30, None, "六月到八月"),
    ("两个月", None, None, None, None, "两个月"),
    ("三十个", None, None, 30, None, None),
    ("改成二十人", None, None, 20, None, None),
    ("昆山的", None, None, None, "320583", None),
    ("共享用工怎么申请", None, None, None, None, None),
]


@pytest.mark.parametrize(("text", "side", "trade", "count", "place", "period"), ROWS)
def test_slots_out_of_a_sentence(
    text: str,
    side: str | None,
    trade: str | None,
    count: int | None,
    place: str | None,
    period: str | None,
) -> None:
    said = Words(text, NOW, named_in(text))
    read = [
        next((found.value for found in reader(said)), None)
        for reader in (sides, trades, counts, places, periods)
    ]
    assert read == [side, trade, count, place, period]
