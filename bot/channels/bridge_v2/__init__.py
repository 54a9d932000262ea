"""The bridge's second door: kinds, media, choices, receipts; replies pulled or pushed."""

from bot.channels.bridge_v2.channel import open_channel as open_channel
