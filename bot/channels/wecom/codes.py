"""What the API's numbers mean for a reply; pure."""

from bot.channels.callbacks.api import SLOW_SECONDS
from bot.messaging.messages import NotNow, RetryLater, Undeliverable

MINUTE = 60.0
WRONG_STATE = 95018
TOO_FAST = {45009: "45009：调用太频繁", 45033: "45033：并发太多"}
OURS = {
    40001: "40001：Secret 不对",
    40013: "40013：企业 ID 不对",
    60020: "60020：服务器 IP 不在可信名单",
    95000: "95000：客服账号不对",
    95011: "95011：客服账号没有交给 API 管理",
    95012: "95012：客服账号没有交给 API 管理",
    95017: "95017：没有权限",
}


def outcome_of(code: int) -> RetryLater | NotNow | Undeliverable:
    """Return what a refused send means to messaging."""
    if code == -1:
        return RetryLater(untaken=True, reason="-1：平台繁忙")
    if code in TOO_FAST:
        return RetryLater(MINUTE, untaken=True, patient=True, reason=TOO_FAST[code])
    if code in OURS:
        return RetryLater(SLOW_SECONDS, untaken=True, patient=True, reason=OURS[code])
    if code == 95001:
        return NotNow("95001：可发条数已用完")
    if code == WRONG_STATE:
        return NotNow("95018：会话在接待人员那里，或已结束")
    return Undeliverable(f"{code}")
