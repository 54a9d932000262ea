"""The list of channels: one line each."""

from bot.channels import bridge, bridge_v2, telegram, web, wechat, wecom
from bot.channels.protocol import Channel, OpenChannel, Surroundings

CHANNELS: tuple[OpenChannel, ...] = (
    web.open_channel,
    bridge.open_channel,
    bridge_v2.open_channel,
    telegram.open_channel,
    wechat.open_channel,
    wecom.open_channel,
)


def open_channels(surroundings: Surroundings) -> tuple[Channel, ...]:
    """Open and register every channel that the settings want.

    ValueError where two have one name.
    """
    opened = [open_channel(surroundings) for open_channel in CHANNELS]
    channels = tuple(channel for channel in opened if channel is not None)
    for channel in channels:
        surroundings.messaging.register(channel.name, channel.sender, channel.abilities)
    return channels
