"""The addresses of the organisation."""

from django.urls import include, path

from . import load_page
from .calendars import pages as calendars
from .people import side
from .skills import pages as skills
from .units import pages as units

_year = "organisation/calendars/<int:calendar_id>/<int:year>/"
urlpatterns = [
    path("organisation/", units.chart, name="organisation_chart"),
    path("organisation/find/", units.find, name="organisation_find"),
    path("organisation/skills/", skills.matrix, name="organisation_skills"),
    path("organisation/skills/<int:person_id>/<int:skill_id>/", skills.level, name="organisation_level"),
    path("organisation/calendars/", calendars.first, name="organisation_calendars"),
    path(_year, calendars.year, name="organisation_calendar"),
    path(f"{_year}day/", calendars.day, name="organisation_calendar_day"),
    path(f"{_year}remove-day/", calendars.remove_day, name="organisation_calendar_remove_day"),
    path(f"{_year}hours/", calendars.hours, name="organisation_calendar_hours"),
    path("organisation/absences/<int:absence_id>/remove/", side.remove, name="organisation_absence"),
    path("organisation/load/", load_page.load, name="organisation_load"),
    path("", include("kinflow.organisation.users.urls")),
]
