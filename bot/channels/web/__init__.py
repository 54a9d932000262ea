"""The web page's and the terminal's chat: ``/api/messages``."""

from bot.channels.web.channel import open_channel as open_channel
