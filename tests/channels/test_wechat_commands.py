"""``zhida wechat``, ``zhida doctor`` and ``zhida bridge`` in front of the stand-ins."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels.wechat.notices import SUBSCRIBED, stored
from bot.commands.channels import Wrong, wechat, wecom
from bot.commands.wechat import MENU, run_code, run_menu, run_notices, templates
from store.database import Database
from store.settings import Settings
from tests.support.wechat_platform import AES_KEY, APP_ID, SECRET, TOKEN, WechatPlatform
from tests.support.wecom_platform import CORP_ID, WecomPlatform
from tests.support.wecom_platform import SECRET as KF_SECRET


@pytest.fixture
def platform() -> Iterator[WechatPlatform]:
    with WechatPlatform().serving() as platform:
        yield platform


def settings(platform: WechatPlatform, database: Database, **more: Any) -> Settings:
    values = {
        "database_url": database.url.render_as_string(hide_password=False),
        "secret_key": "a-key",
        "public_url": "https://zhida.example.gov.cn",
        "wechat_app_id": APP_ID,
        "wechat_secret": SECRET,
        "wechat_token": TOKEN,
        "wechat_aes_key": AES_KEY,
        "wechat_api_base": platform.url,
    }
    return Settings(_env_file=None, **{**values, **more})


def test_the_menu_is_as_the_platform_takes_it(
    platform: WechatPlatform, sqlite_database: Database
) -> None:
    run_menu(settings(platform, sqlite_database))
    assert platform.calls == [("menu/create", MENU)]
    assert len(MENU["button"]) <= 3
    assert all(len(button.get("sub_button", [])) <= 5 for button in MENU["button"])


def test_a_poster_has_its_code(
    platform: WechatPlatform,
    sqlite_database: Database,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run_code(settings(platform, sqlite_database), "hall-3", None)
    assert "showqrcode?ticket=gQ%2B%2F%3D" in capsys.readouterr().out
    picture = tmp_path / "hall-3.png"
    run_code(settings(platform, sqlite_database), "hall-3", picture)
    assert picture.read_bytes().startswith(b"\x89PNG")
    scene = platform.calls[0][1]["action_info"]["scene"]["scene_str"]
    assert scene == "hall-3"


def test_templates_are_found_by_their_titles(
    platform: WechatPlatform, sqlite_database: Database
) -> None:
    content = "事项：{{thing1.DATA}}\n时间：{{time2.DATA}}\n大厅：{{thing3.DATA}}"
    listed = [{"template_id": "T1", "title": "预约提醒", "content": content}]
    fields = {"thing1": "business", "time2": "time", "thing3": "hall"}
    assert templates(listed) == {"booking": {"id": "T1", "fields": fields}}
    platform.templates = listed
    run_notices(settings(platform, sqlite_database))
    assert stored(sqlite_database)["booking"]["id"] == "T1"
    platform.subscriptions = [
        {"priTmplId": "S1", "title": "预约办理提醒", "content": content, "type": 3},
        {"priTmplId": "S2", "title": "候补成功通知", "content": content, "type": 2},
    ]
    run_notices(settings(platform, sqlite_database))
    assert stored(sqlite_database, SUBSCRIBED) == {
        "booking": {"id": "S1", "fields": fields, "lasting": True},
        "slot_list": {"id": "S2", "fields": fields},
    }


def test_the_doctor_asks_the_platforms(platform: WechatPlatform, sqlite_database: Database) -> None:
    assert "可用" in wechat(settings(platform, sqlite_database))
    for wrong, said in (
        ({"wechat_secret": "1" * 32}, "WECHAT_SECRET"),
        ({"wechat_api_base": "http://127.0.0.1:1"}, "连不上"),
        ({"public_url": ""}, "https"),
        ({"wechat_aes_key": None}, "安全模式"),
    ):
        with pytest.raises(Wrong, match=said):
            wechat(settings(platform, sqlite_database, **wrong))
    with WecomPlatform().serving() as company:
        values = {
            "wecom_corp_id": CORP_ID,
            "wecom_kf_secret": KF_SECRET,
            "wecom_token": "t",
            "wecom_aes_key": AES_KEY,
            "wecom_api_base": company.url,
        }
        assert "1 个账号" in wecom(settings(platform, sqlite_database, **values))
        with pytest.raises(Wrong, match="KF_SECRET"):
            wecom(settings(platform, sqlite_database, **{**values, "wecom_kf_secret": "x"}))
