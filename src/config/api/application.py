"""The API put together: one router per record type, and what packages add."""

from django.utils import translation

from kinflow.automation.api import router as assignment
from kinflow.contact_center.api import router as emails
from kinflow.customers.duplicates.api import router as duplicates
from kinflow.processes.api import router as processes
from kinflow.records.api.routers import router_of
from kinflow.records.api.searching import router as search
from kinflow.records.faces import registry
from kinflow.records.importing.api import router as imports
from kinflow.sales.territories.api import router as territories

from .described import Api
from .faults import handle_in
from .me import router as me
from .reading import StrictParser

api = Api(
    title="Kinflow",
    version="1",
    description="Every record type with its lists, records, timelines and actions. See docs/guide/api.md.",
    docs_url=None,
    openapi_url="/openapi.json",
    parser=StrictParser(),
    urls_namespace="api",
)
handle_in(api)
for router in (me, search, assignment, duplicates, emails, imports, processes, territories):
    api.add_router("", router)
with translation.override("en"):  # labels become part of the description, which speaks English
    for face in registry.values():
        api.add_router(f"/{face.slug}", router_of(face))
