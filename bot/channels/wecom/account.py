"""The company as the settings have it: its envelope, its API."""

import httpx

from bot.channels.callbacks.access_token import AccessToken
from bot.channels.callbacks.api import Api, ask
from bot.channels.callbacks.envelope import Envelope
from store.database import Database
from store.settings import Settings

TOKEN = "wecom:token"  # noqa: S105 - a name


def api_of(settings: Settings, database: Database, http: httpx.AsyncClient) -> Api:
    """Return the API of 微信客服."""
    secret = settings.wecom_kf_secret.get_secret_value() if settings.wecom_kf_secret else ""

    async def fetch() -> tuple[str, int]:
        query = {"corpid": settings.wecom_corp_id, "corpsecret": secret}
        found = await ask(http, "GET", "/cgi-bin/gettoken", params=query)
        return str(found["access_token"]), int(found["expires_in"])

    key = settings.key_for("access tokens")
    return Api(http, AccessToken(database, TOKEN, key, fetch))


def envelope_of(settings: Settings) -> Envelope:
    """Return the envelope of the callbacks, which never come in clear."""
    token = settings.wecom_token.get_secret_value() if settings.wecom_token else ""
    key = settings.wecom_aes_key.get_secret_value() if settings.wecom_aes_key else ""
    return Envelope(token, key, settings.wecom_corp_id)
