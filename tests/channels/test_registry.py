"""The list of channels: each is examined, opened where it is wanted, and registered once."""

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from bot.channels.pictures import pictures_of
from bot.channels.protocol import Surroundings
from bot.channels.registry import CHANNELS, open_channels
from store.database import Database
from store.settings import Settings
from tests.support.bot_api import TOKEN
from tests.support.messaging import messaging_of


def surroundings(database: Database, **values: Any) -> Surroundings:
    settings = Settings(_env_file=None, secret_key="a-key", **values)
    messaging = messaging_of(database, settings)
    return Surroundings(settings, database, messaging, pictures_of(FastAPI(), settings.web_url))


@pytest.mark.parametrize("open_channel", CHANNELS, ids=lambda opens: opens.__module__)
def test_every_channel_passes_the_conformance_suite(open_channel: Any) -> None:
    name = open_channel.__module__.split(".")[-2]
    tests = Path(__file__).with_name(f"test_{name}_conformance.py").read_text("utf-8")
    assert "(ChannelConformance)" in tests


async def test_what_is_not_configured_is_not_opened(sqlite_database: Database) -> None:
    place = surroundings(sqlite_database)
    assert [channel.name for channel in open_channels(place)] == [
        "web",
        "bridge",
        "bridge2",
    ]
    assert place.messaging.pulled == {"web", "bridge"}


async def test_what_is_configured_is_opened(sqlite_database: Database) -> None:
    wanted = {
        "telegram_token": TOKEN,
        "wechat_app_id": "wx1",
        "wechat_token": "t",
        "wecom_corp_id": "ww1",
        "wecom_token": "t",
        "wecom_aes_key": "A" * 43,
    }
    place = surroundings(sqlite_database, **wanted)
    channels = open_channels(place)
    names = ["web", "bridge", "bridge2", "telegram", "wechat", "wecom"]
    assert [channel.name for channel in channels] == names
    assert [channel.sender is None for channel in channels] == [True, True, *[False] * 4]
    counted = {name for name in names if place.messaging.abilities[name].counted}
    assert counted == {"bridge2", "wechat", "wecom"}
    for channel in channels:
        await channel.stop()


async def test_a_name_is_registered_once(sqlite_database: Database) -> None:
    place = surroundings(sqlite_database)
    open_channels(place)
    with pytest.raises(ValueError, match="'web' is registered twice"):
        open_channels(place)
