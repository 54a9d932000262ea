"""微信服务号: WeChat's official accounts."""

from bot.channels.wechat.channel import open_channel as open_channel
