"""微信客服: people in WeChat who write to a company's customer service, without following it."""

from bot.channels.wecom.channel import open_channel as open_channel
