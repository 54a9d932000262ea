"""What ``zhida doctor`` finds of the channels: each account is asked of its own platform."""

from collections.abc import Callable
from typing import Any

import httpx

from store.settings import Settings

TIMEOUT = 10
LEAST_SECRET = 16


class Wrong(Exception):
    """What a check found, and how to mend it."""


def telegram(settings: Settings) -> str:
    if settings.telegram_token is None:
        return "没有开通（设 ZHIDA_TELEGRAM_TOKEN）"
    token = settings.telegram_token.get_secret_value()
    try:
        response = httpx.get(f"{settings.telegram_api_base}/bot{token}/getMe", timeout=TIMEOUT)
        body = response.json()
    except (httpx.TransportError, ValueError) as error:
        raise Wrong(f"连不上 {settings.telegram_api_base}，请检查网络或代理。") from error
    if not body.get("ok"):
        raise Wrong("ZHIDA_TELEGRAM_TOKEN 不被接受，请向 @BotFather 核对。")
    return f"@{body['result'].get('username')}"


def bridge(settings: Settings) -> str:
    if settings.bridge_secret is None:
        return "没有开通（设 ZHIDA_BRIDGE_SECRET）"
    if len(settings.bridge_secret.get_secret_value()) < LEAST_SECRET:
        raise Wrong("ZHIDA_BRIDGE_SECRET 太短，请用至少 16 个字符。")
    return "已开通"


def wechat(settings: Settings) -> str:
    """Ask WeChat for a token of the 服务号, and for what it may do."""
    if not settings.wechat_app_id:
        return "没有开通（设 ZHIDA_WECHAT_APP_ID，见 docs/wechat.md）"
    if settings.wechat_token is None or settings.wechat_secret is None:
        raise Wrong("还缺 ZHIDA_WECHAT_TOKEN 或 ZHIDA_WECHAT_SECRET。")
    _reachable(settings, "/channels/wechat")
    wanted = {
        "grant_type": "client_credential",
        "appid": settings.wechat_app_id,
        "secret": settings.wechat_secret.get_secret_value(),
        "force_refresh": False,
    }
    base = settings.wechat_api_base
    token = _asked(base, "POST", "/cgi-bin/stable_token", WECHAT, json=wanted)["access_token"]
    # 48001 here is an account that was never verified: it can answer, but not speak later.
    _asked(base, "GET", "/cgi-bin/customservice/getkflist", WECHAT, params={"access_token": token})
    if settings.wechat_aes_key is None:
        raise Wrong("没有设 ZHIDA_WECHAT_AES_KEY，消息是明文：请在公众平台改为安全模式。")
    return f"服务号 {settings.wechat_app_id} 可用"


def wecom(settings: Settings) -> str:
    """Ask WeCom for a token of 微信客服, and for its accounts."""
    if not settings.wecom_corp_id:
        return "没有开通（设 ZHIDA_WECOM_CORP_ID，见 docs/wechat.md）"
    if None in (settings.wecom_token, settings.wecom_aes_key) or settings.wecom_kf_secret is None:
        raise Wrong("还缺 ZHIDA_WECOM_TOKEN、ZHIDA_WECOM_AES_KEY 或 ZHIDA_WECOM_KF_SECRET。")
    _reachable(settings, "/channels/wecom")
    base = settings.wecom_api_base
    secret = settings.wecom_kf_secret.get_secret_value()
    query = {"corpid": settings.wecom_corp_id, "corpsecret": secret}
    token = _asked(base, "GET", "/cgi-bin/gettoken", WECOM, params=query)["access_token"]
    listed = _asked(base, "POST", "/cgi-bin/kf/account/list", WECOM, params={"access_token": token})
    accounts = listed.get("account_list") or []
    if not accounts:
        raise Wrong("一个客服账号都没有交给 API 管理，请在企业微信后台的「微信客服」里设置。")
    return f"微信客服 {len(accounts)} 个账号"


def _reachable(settings: Settings, path: str) -> None:
    """Raise Wrong where the platform could not call us: it wants a name of ours, and TLS."""
    if not settings.public_url.startswith("https://"):
        raise Wrong(f"平台要回调 {path}，请把 ZHIDA_PUBLIC_URL 设成 https 的公网网址。")


WECHAT = {
    40164: "本机的 IP 不在公众平台的 IP 白名单里，请加上。",
    40013: "ZHIDA_WECHAT_APP_ID 不对，请核对。",
    40125: "ZHIDA_WECHAT_SECRET 不对，请核对或重置。",
    40243: "AppSecret 已冻结，请在公众平台解冻。",
    48001: "账号没有认证，只能在五秒内当场回复；请先完成认证。",
}
WECOM = {
    40013: "ZHIDA_WECOM_CORP_ID 不对，请核对。",
    40001: "ZHIDA_WECOM_KF_SECRET 不对，请核对。",
    60020: "本机的 IP 不在企业可信 IP 里，请加上。",
}


def _asked(base: str, method: str, path: str, known: dict[int, str], **more: Any) -> dict[str, Any]:
    """Return a platform's answer; raise Wrong with what its number means."""
    try:
        found = httpx.request(method, f"{base}{path}", timeout=TIMEOUT, **more).json()
        code = int(found.get("errcode", 0))
    except (httpx.HTTPError, ValueError, AttributeError) as error:
        raise Wrong(f"连不上 {base}，请检查网络或代理。") from error
    if code:
        raise Wrong(known.get(code, f"平台返回错误 {code}，请查平台的错误码说明。"))
    return dict(found)


CHANNELS: dict[str, Callable[[Settings], str]] = {
    "Telegram": telegram,
    "服务号": wechat,
    "微信客服": wecom,
    "桥接": bridge,
}
