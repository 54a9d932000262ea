"""Every setting, typed and checked at start; nothing else reads the environment.

Each is set by an environment variable ``ZHIDA_<NAME>`` or a line in ``.env`` at the
project's root. ``docs/settings.md`` explains them; a test keeps the two in step.
"""

import hashlib
import hmac
import os
import secrets
from functools import cache
from ipaddress import ip_address
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


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
    telegram_token: SecretStr | None = Field(
        None, description="from @BotFather; empty: no Telegram"
    )
    telegram_api_base: str = Field(
        "https://api.telegram.org", description="Bot API server, without a final slash"
    )
    telegram_webhook_secret: SecretStr | None = Field(
        None, description="with public_url: webhook in place of long polling"
    )
    bridge_secret: SecretStr | None = Field(
        None, description="shared with the bridge; empty: closed"
    )

    metrics_token: SecretStr | None = Field(
        None, description="opens /metrics to a bearer; empty: to this machine only"
    )

    encoder: str = Field(
        "", description="sentence-transformers name or folder; empty: the built-in"
    )
    reranker: str = Field(
        "", description="cross-encoder's name or folder to read the best units again; empty: none"
    )
    region: str = Field(
        "", description="GB/T 2260 code of the service's own region; empty: national"
    )
    reply_wait_seconds: float = Field(
        8.0, gt=0, le=60, description="how long an HTTP turn waits before saying 'a moment'"
    )
    hang_seconds: float = Field(
        25.0, ge=3, le=600, description="a process silent for so long is ended and started anew"
    )
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    @field_validator("var_dir", "cache")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("public_url", "telegram_api_base")
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
    def database(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{self.var_dir / 'zhida.db'}"

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
        path = self.key_path
        self.var_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
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


@cache
def get_settings() -> Settings:
    """Return the process's settings, read once."""
    return Settings()
