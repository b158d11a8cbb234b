"""The addresses of automation."""

from django.urls import include, path

from .assignments import pages as assignments
from .my_work import pages as my_work
from .scorings import pages as scorings

urlpatterns = [
    path("", my_work.my_work, name="my_work"),
    path("", include("kinflow.automation.approvals.urls")),
    path("", include("kinflow.automation.authority.urls")),
    path("", include("kinflow.automation.decisions.urls")),
    path("", include("kinflow.automation.messages.urls")),
    path("", include("kinflow.automation.notices.urls")),
    path("", include("kinflow.automation.offers.urls")),
    path("", include("kinflow.automation.pool.urls")),
    path("", include("kinflow.automation.rebalancing.urls")),
    path("", include("kinflow.automation.replay.urls")),
    path("", include("kinflow.automation.rules.urls")),
    path("", include("kinflow.automation.scoring_reports.urls")),
    path("my-work/next/", my_work.take_next_of_any, name="take_next_of_any"),
    path("my-work/next/<slug:kind>/", my_work.take_next, name="take_next"),
    path("assign/<slug:kind>/", my_work.assign_selected, name="assign_selected"),
    path("why/<slug:kind>/<int:pk>/", assignments.why, name="why"),
    path("why/<slug:kind>/<int:pk>/give/", assignments.give_page, name="give"),
    path("why/<slug:kind>/<int:pk>/hand-back/", assignments.hand_back_page, name="hand_back"),
    path("why/<slug:kind>/<int:pk>/again/", assignments.again, name="assign_again"),
    path("scorings/", scorings.scorings, name="scorings"),
    path("scorings/new/", scorings.new_scoring, name="new_scoring"),
    path("scorings/rows/<slug:kind>/", scorings.rows, name="scoring_rows"),
    path("scorings/preview/<slug:kind>/", scorings.preview_fragment, name="scoring_preview"),
    path("scorings/<int:pk>/", scorings.scoring, name="scoring"),
    path("scorings/<int:pk>/switch/", scorings.switch, name="switch_scoring"),
    path("scorings/<int:pk>/restore/<int:number>/", scorings.restore, name="restore_scoring"),
]
