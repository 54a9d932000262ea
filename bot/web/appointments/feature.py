"""What appointments bring to the public pages: the halls, a booking's page and its ticket."""

from fastapi import APIRouter

from bot.web.appointments.halls import add_halls
from bot.web.appointments.tickets import add_tickets
from bot.web.appointments.visits import add_visits
from bot.web.feature import Site, WebFeature
from bot.web.render import Link


def _add_routes(router: APIRouter, site: Site) -> None:
    add_halls(router, site.render, site.database)
    add_visits(router, site.render, site.database, site.settings)
    add_tickets(router, site.render, site.database, site.settings)


APPOINTMENTS = WebFeature("appointments", _add_routes, (Link("/halls", "大厅人流"),))
