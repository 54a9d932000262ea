"""Every setting, typed and checked at start; nothing else reads the environment.

Each is set by an environment variable ``ZHIDA_<NAME>`` or a line in ``.env`` at the
project's root. ``docs/settings.md`` explains them; a test keeps the two in step.
"""

import hashlib
import hmac
import os
import re
import secrets
from functools import cache
from ipaddress import ip_address
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
LEAST_KEY = 32
"""Characters of a data key: what a person would think of is guessed."""


AES_KEY = re.compile("[A-Za-z0-9]{43}")
RATE = r"^[1-9]\d{0,8}/\d{1,6}(\.\d{1,6})?$"
"""So many at once, then one in so many seconds; 0 seconds: no limit."""


class Settings(BaseSettings):
    """The assistant's settings; paths are absolute, secrets hide in ``repr``."""

    model_config = SettingsConfigDict(
        env_prefix="ZHIDA_", env_file=ROOT / ".env", extra="forbid", frozen=True
    )

    var_dir: Path = Field(ROOT / "var", description="where models, indexes, logs and SQLite live")
    cache: Path = Field(
        Path("~/.cache/zhida"),
        validate_default=True,
        description="what is downloaded once for all clones of an account",
    )
    database_url: str = Field("", description="SQLAlchemy URL; empty means SQLite in var_dir")

    host: str = Field("127.0.0.1", description="address the web server listens on")
    port: int = Field(8000, ge=1, le=65535, description="port of the web server")
    public_url: str = Field("", description="address people reach us at, without a final slash")
    trusted_proxies: str = Field(
        "127.0.0.1,::1", description="addresses whose X-Forwarded-For is believed, with commas"
    )
    rasa_port: int = Field(5005, ge=1, le=65535, description="Rasa's port, loopback only")
    actions_port: int = Field(5055, ge=1, le=65535, description="action server's, loopback only")

    secret_key: SecretStr | None = Field(
        None, description="signs sessions and internal calls; made once in var_dir when empty"
    )
    data_keys: SecretStr | None = Field(
        None, description="encrypt persons' numbers, the newest first, with commas; or in var_dir"
    )
    telegram_token: SecretStr | None = Field(
        None, description="from @BotFather; empty: no Telegram"
    )
    telegram_api_base: str = Field(
        "https://api.telegram.org", description="Bot API server, without a final slash"
    )
    telegram_webhook_secret: SecretStr | None = Field(
        None, description="with public_url: webhook in place of long polling"
    )
    wechat_app_id: str = Field("", description="of the 服务号, wx…; empty: no WeChat")
    wechat_secret: SecretStr | None = Field(None, description="AppSecret of the 服务号")
    wechat_token: SecretStr | None = Field(
        None, description="Token of the 服务号's server settings, made up by the operator"
    )
    wechat_aes_key: SecretStr | None = Field(
        None, description="EncodingAESKey, 43 characters; empty: callbacks in clear are taken"
    )
    wechat_api_base: str = Field(
        "https://api.weixin.qq.com", description="WeChat's API, without a final slash"
    )
    wecom_corp_id: str = Field("", description="of the company, ww…; empty: no 微信客服")
    wecom_kf_secret: SecretStr | None = Field(None, description="Secret of 微信客服's API")
    wecom_token: SecretStr | None = Field(None, description="Token of 微信客服's callback")
    wecom_aes_key: SecretStr | None = Field(
        None, description="EncodingAESKey of 微信客服's callback, 43 characters"
    )
    wecom_api_base: str = Field(
        "https://qyapi.weixin.qq.com", description="WeCom's API, without a final slash"
    )
    bridge_secret: SecretStr | None = Field(
        None, description="shared with the bridge; empty: closed"
    )

    metrics_token: SecretStr | None = Field(
        None, description="opens /metrics to a bearer; empty: to this machine only"
    )

    require_totp: str = Field(
        "", description="roles of staff that must use one-time codes, with commas; empty: none"
    )

    backup_recipients: str = Field(
        "",
        pattern="^(age1[0-9a-z]+(,age1[0-9a-z]+)*)?$",
        description="public keys of age that backups are encrypted to, with commas; empty: to none",
    )

    encoder: str = Field(
        "", description="sentence-transformers name or folder; empty: the built-in"
    )
    reranker: str = Field(
        "",
        description="who reads the best units again; empty: the encoder, token by token; off: none;"
        " else a cross-encoder's name or folder",
    )
    region: str = Field(
        "", description="GB/T 2260 code of the service's own region; empty: national"
    )
    travel_minutes: int = Field(
        30, ge=0, le=240, description="one person's bookings in two halls lie so far apart"
    )
    reply_wait_seconds: float = Field(
        8.0, gt=0, le=60, description="how long an HTTP turn waits before saying 'a moment'"
    )
    hang_seconds: float = Field(
        25.0, ge=3, le=600, description="a process silent for so long is ended and started anew"
    )
    limit_messages: str = Field(
        "20/2",
        pattern=RATE,
        description="of one conversation: so many at once / then seconds each",
    )
    limit_address_messages: str = Field(
        "120/0.25", pattern=RATE, description="messages of one network address"
    )
    limit_conversations: str = Field(
        "60/3", pattern=RATE, description="new conversations of one network address"
    )
    limit_requests: str = Field(
        "600/0.05", pattern=RATE, description="requests of one network address"
    )
    max_connections: int = Field(4000, ge=10, description="connections open at a time")
    max_connections_per_address: int = Field(
        500, ge=5, description="of one peer that is no trusted proxy"
    )
    quiet_hours: str = Field(
        "21-8",
        pattern=r"^([01]?\d|2[0-3])-([01]?\d|2[0-3])$",
        description="hours (Asia/Shanghai, from-to) in which nobody is told news of jobs",
    )
    employer_answer_days: int = Field(
        7, ge=1, le=90, description="after so many days an employer that is silent is flagged"
    )
    keep_transcripts_days: int = Field(
        180, ge=1, description="what was said, after a conversation's last message"
    )
    keep_tracker_days: int = Field(
        30, ge=1, description="what is remembered of a conversation, after its last message"
    )
    keep_bookings_days: int = Field(90, ge=1, description="who came to a visit, after the visit")
    keep_cases_days: int = Field(
        730, ge=1, description="who a closed case is about, and the words in it"
    )
    keep_applications_days: int = Field(
        365, ge=1, description="applications and ended subscriptions, after their last change"
    )
    keep_feedback_days: int = Field(365, ge=1, description="who found which answer helpful")
    keep_sign_ins_days: int = Field(
        30, ge=1, description="sessions of staff that ended, and failed sign-ins"
    )
    keep_receipts_days: int = Field(1095, ge=1, description="receipts of people who were forgotten")
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    @field_validator("var_dir", "cache")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("data_keys")
    @classmethod
    def _long_keys(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and any(len(key) < LEAST_KEY for key in _listed(value)):
            raise ValueError(f"each key needs {LEAST_KEY} characters")
        return value

    @field_validator("wechat_aes_key", "wecom_aes_key")
    @classmethod
    def _aes_key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not AES_KEY.fullmatch(value.get_secret_value()):
            raise ValueError("an EncodingAESKey has 43 letters and digits")
        return value

    @field_validator("public_url", "telegram_api_base", "wechat_api_base", "wecom_api_base")
    @classmethod
    def _no_final_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @field_validator("trusted_proxies")
    @classmethod
    def _addresses(cls, value: str) -> str:
        return ",".join(str(ip_address(one.strip())) for one in value.split(",") if one.strip())

    @property
    def proxies(self) -> frozenset[str]:
        """Addresses of the proxies that are trusted."""
        return frozenset(self.trusted_proxies.split(",")) - {""}

    @property
    def totp_roles(self) -> frozenset[str]:
        """Roles of staff that must use one-time codes."""
        return frozenset(one.strip() for one in self.require_totp.split(",")) - {""}

    @property
    def database(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{self.var_dir / 'zhida.db'}"

    @property
    def tracker_file(self) -> Path | None:
        """Rasa's own file of trackers; None where they are in our database."""
        return self.var_dir / "rasa.db" if self.database.startswith("sqlite") else None

    @property
    def web_url(self) -> str:
        """Where a person opens the chat, without a final slash."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def key_path(self) -> Path:
        """Where the secret key is kept that no setting gives."""
        return self.var_dir / "secret.key"

    def known_signing_key(self) -> str | None:
        """Return the secret key if there is one by now."""
        made = self.key_path.exists()
        return self.signing_key() if self.secret_key or made else None

    def signing_key(self) -> str:
        """Return the secret key, made and kept in ``var_dir`` on first use (mode 0600)."""
        if self.secret_key:
            return self.secret_key.get_secret_value()
        return self._kept_in(self.key_path)

    @property
    def data_keys_path(self) -> Path:
        """Where the data keys are kept that no setting gives, a line each, the newest first."""
        return self.var_dir / "data.keys"

    def known_encryption_keys(self) -> tuple[str, ...]:
        """Return the data keys if there are any by now, the newest first."""
        made = self.data_keys_path.exists()
        return self.encryption_keys() if self.data_keys or made else ()

    def encryption_keys(self) -> tuple[str, ...]:
        """Return the data keys, the newest first; one is made and kept where there is none."""
        if self.data_keys:
            return _listed(self.data_keys)
        return tuple(self._kept_in(self.data_keys_path).split())

    def add_encryption_key(self) -> None:
        """Make a new data key, before those that are kept in ``var_dir``."""
        path = self.data_keys_path
        aside = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
        keys = [secrets.token_urlsafe(32), *self.encryption_keys()]
        try:
            aside.touch(mode=0o600, exist_ok=False)
            aside.write_text("\n".join(keys), "ascii")
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)

    def _kept_in(self, path: Path) -> str:
        """Return what a key file holds, made with a new key where there is none."""
        try:
            return path.read_text("ascii").strip()
        except FileNotFoundError:
            self.var_dir.mkdir(parents=True, exist_ok=True)
            self._make_key(path)
            return path.read_text("ascii").strip()

    @staticmethod
    def _make_key(path: Path) -> None:
        """Write a new key aside and give it its name, unless another process was quicker.

        A full disk so leaves no empty key behind.
        """
        key = secrets.token_urlsafe(32)
        aside = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
        try:
            aside.touch(mode=0o600, exist_ok=False)
            aside.write_text(key, "ascii")
            os.link(aside, path)
        except FileExistsError:
            pass
        finally:
            aside.unlink(missing_ok=True)

    def key_for(self, purpose: str) -> str:
        """Return a key of one purpose's own, 64 hexadecimal digits: it gives no other away."""
        return hmac.new(self.signing_key().encode(), purpose.encode(), hashlib.sha256).hexdigest()

    def actions_token(self) -> str:
        """Return what Rasa shows the action server, which answers nobody else."""
        return self.key_for("action server")


def _listed(keys: SecretStr) -> tuple[str, ...]:
    return tuple(key.strip() for key in keys.get_secret_value().split(",") if key.strip())


@cache
def get_settings() -> Settings:
    """Return the process's settings, read once."""
    return Settings()
