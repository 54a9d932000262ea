"""A signed door for programs that carry another messenger."""

from bot.channels.bridge.channel import open_channel as open_channel
