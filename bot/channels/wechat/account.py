"""The 服务号 as the settings have it: its envelope, its API."""

import httpx

from bot.channels.callbacks.access_token import AccessToken
from bot.channels.callbacks.api import Api, ask
from bot.channels.callbacks.envelope import Envelope
from store.database import Database
from store.settings import Settings

TOKEN = "wechat:token"  # noqa: S105 - a name


def api_of(settings: Settings, database: Database, http: httpx.AsyncClient) -> Api:
    """Return the account's API, by the stable token: replicas do not throw each other out."""
    secret = settings.wechat_secret.get_secret_value() if settings.wechat_secret else ""

    async def fetch() -> tuple[str, int]:
        wanted = {
            "grant_type": "client_credential",
            "appid": settings.wechat_app_id,
            "secret": secret,
            "force_refresh": False,
        }
        found = await ask(http, "POST", "/cgi-bin/stable_token", json=wanted)
        return str(found["access_token"]), int(found["expires_in"])

    key = settings.key_for("access tokens")
    return Api(http, AccessToken(database, TOKEN, key, fetch))


def envelope_of(settings: Settings) -> Envelope | None:
    """Return the account's envelope; None where its callbacks come in clear."""
    if settings.wechat_aes_key is None:
        return None
    return Envelope(
        token_of(settings), settings.wechat_aes_key.get_secret_value(), settings.wechat_app_id
    )


def token_of(settings: Settings) -> str:
    """Return the token of the account's callbacks."""
    return settings.wechat_token.get_secret_value() if settings.wechat_token else ""
