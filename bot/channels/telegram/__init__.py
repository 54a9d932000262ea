"""Telegram, by python-telegram-bot."""

from bot.channels.telegram.channel import open_channel as open_channel
