"""What the API's numbers mean for a reply; pure. Its words change, and are not read."""

from datetime import datetime, timedelta

from bot.channels.callbacks.api import SLOW_SECONDS
from bot.messaging.messages import NotNow, RetryLater, Undeliverable
from store.clock import to_shanghai

MINUTE = 60.0
CLOSED = {
    45015: "45015：超过 48 小时或已取消关注",
    45047: "45047：可发条数已用完",
    48001: "48001：账号没有客服消息权限（未认证），只能当场回复",
}
LOST = {
    43004: "43004：已取消关注",
    43019: "43019：已拉黑",
    43101: "43101：用户拒收",
    48002: "48002：用户关闭了接收",
    48004: "48004：接口权限被收回",
    50002: "50002：用户受限",
}
OURS = {
    40164: "40164：服务器 IP 不在白名单",
    40013: "40013：AppID 不对",
    40125: "40125：AppSecret 不对",
    40243: "40243：AppSecret 已冻结",
}


def outcome_of(code: int, now: datetime) -> RetryLater | NotNow | Undeliverable:
    """Return what a refused send means to messaging."""
    if code == -1:
        return RetryLater(untaken=True, reason="-1：平台繁忙")
    if code == 45011:
        return RetryLater(MINUTE, untaken=True, patient=True, reason="45011：每分钟上限")
    if code == 45009:
        wait = _until_midnight(now)
        return RetryLater(wait, untaken=True, patient=True, reason="45009：当日调用上限已到")
    if code in OURS:
        return RetryLater(SLOW_SECONDS, untaken=True, patient=True, reason=OURS[code])
    if code in CLOSED:
        return NotNow(CLOSED[code])
    if code in LOST:
        return NotNow(LOST[code], lost=True)
    return Undeliverable(f"{code}")


def _until_midnight(now: datetime) -> float:
    """Return the seconds until the platform's counters begin anew."""
    local = to_shanghai(now)
    midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight - local).total_seconds() + MINUTE
