"""What a feature brings to the public pages: its routes, and where the header leads to it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.routing import APIRoute

from actions.dialogue.registry import once
from bot.web.render import Link, Renderer
from store.database import Database
from store.settings import Settings


@dataclass(frozen=True)
class Site:
    """What routes work with."""

    render: Renderer
    database: Database
    settings: Settings


@dataclass(frozen=True)
class WebFeature:
    """A feature of the public pages.

    ``add_routes`` adds them to a router; ``links`` are its places in the header, in order.
    """

    name: str
    add_routes: Callable[[APIRouter, Site], None]
    links: tuple[Link, ...] = ()


def register(features: Sequence[WebFeature]) -> tuple[WebFeature, ...]:
    """Return the list of features; raise AlreadyRegistered for a name that is there twice."""
    once("feature", (feature.name for feature in features))
    return tuple(features)


def add_all(router: APIRouter, site: Site, features: Iterable[WebFeature]) -> None:
    """Add every feature's routes; raise AlreadyRegistered for a path that is there twice."""
    for feature in features:
        feature.add_routes(router, site)
    routes = [route for route in router.routes if isinstance(route, APIRoute)]
    once("path", (f"{method} {route.path}" for route in routes for method in route.methods or ()))
