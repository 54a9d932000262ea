"""Filling the page templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot import headers
from bot.web import sentences
from bot.web.assets import Assets

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Link:
    """A place that the header of every page leads to.

    ``elsewhere`` is its title where it is offered in place of a page that is not there, if
    that is another; ``in_chat`` says whether the chat's narrow header has it, too.
    """

    address: str
    title: str
    elsewhere: str = ""
    in_chat: bool = False


class Renderer:
    """Fills a template and sends it with the pages' security headers.

    Every value is escaped; no template marks anything as safe.
    """

    def __init__(self, assets: Assets, links: Sequence[Link] = ()) -> None:
        self.environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.globals.update(
            asset=assets.url,
            links=tuple(links),
            service=sentences.SERVICE,
            tagline=sentences.TAGLINE,
        )

    def __call__(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """Return the page; StrictUndefined makes a forgotten value an error, not a gap."""
        text = self.environment.get_template(template).render(**values)
        return HTMLResponse(text, status_code=status, headers=headers.PAGE)

    def say(self, status: int, heading: str, text: str) -> HTMLResponse:
        """Return a small page that says why there is nothing here, and where to go on."""
        return self("missing.html", status, heading=heading, text=text)
