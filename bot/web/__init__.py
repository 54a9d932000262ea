"""The pages a person opens: the chat and the policy reading pages."""

from bot.web.pages import router

__all__ = ["router"]
