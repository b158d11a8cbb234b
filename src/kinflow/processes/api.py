"""What processes add to the API: one router, to which each noun adds its own."""

from ninja import Router

from .benefits.api import router as benefits
from .conformance.api import router as conformance
from .definitions.api import router as definitions
from .deployments.api import router as deployments
from .designs.api import router as designs
from .diagnosis.api import router as diagnosis
from .execution.api import router as execution
from .logs.api import router as logs
from .objects.api import router as objects
from .redesigns.api import router as redesigns
from .simulation.animating.api import router as animations
from .simulation.calibrating.api import router as calibrating
from .simulation.satisfaction.api import router as satisfaction
from .simulation.search.api import router as searches
from .simulation.sensitivity.api import router as sensitivities
from .simulation.whatif.api import router as what_ifs
from .structure.api import router as structure
from .structure.diagrams.api import router as diagrams

router = Router(tags=["processes"])
router.add_router("", definitions)
router.add_router("", designs)
router.add_router("", execution)
router.add_router("", benefits)
router.add_router("", deployments)
router.add_router("", diagnosis)
router.add_router("", calibrating)
router.add_router("", what_ifs)
router.add_router("", satisfaction)
router.add_router("", searches)
router.add_router("", animations)
router.add_router("", sensitivities)
router.add_router("", redesigns)
router.add_router("", objects)
router.add_router("", logs)
router.add_router("", conformance)
router.add_router("", diagrams)
router.add_router("", structure)
