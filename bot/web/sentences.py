"""What every public page says; a feature's own sentences are in its folder."""

from typing import Final

SERVICE: Final = "职达"
TAGLINE: Final = "公共就业服务智能助手"
