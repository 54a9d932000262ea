"""``python -m bot.contract_file``: write the HTTP contract out as ``docs/openapi.json``."""

import json
import tempfile
from pathlib import Path
from typing import Any

from bot.app import create_app
from bot.contract import describe
from store.settings import ROOT, Settings

FILE = ROOT / "docs" / "openapi.json"


def written(folder: Path) -> str:
    """Return the file as the routes have it; ``folder`` is for an application of its own."""
    doors: dict[str, Any] = {
        "bridge_secret": "secret",
        "telegram_token": "1:secret",
        "wechat_app_id": "wx",
        "wechat_token": "secret",
        "wecom_corp_id": "ww",
        "wecom_token": "secret",
        "wecom_aes_key": "A" * 43,
    }
    app = create_app(Settings(_env_file=None, var_dir=folder, **doors))
    return json.dumps(describe(app), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        FILE.write_text(written(Path(folder)), "utf-8")
