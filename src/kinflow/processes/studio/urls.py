"""The addresses of the studio; a process's own come last, since any word could be its key."""

from django.urls import path

from .pages import cases, compare, maps, portfolio, times, variants

urlpatterns = [
    path("processes/", portfolio.portfolio_page, name="processes"),
    path("processes/<slug:key>/", maps.map_page, name="process"),
    path("processes/<slug:key>/map.csv", maps.map_csv, name="process_map_csv"),
    path("processes/<slug:key>/replay.json", maps.replay_json, name="process_replay"),
    path("processes/<slug:key>/variants/", variants.variants_page, name="process_variants"),
    path("processes/<slug:key>/variants.csv", variants.variants_csv, name="process_variants_csv"),
    path("processes/<slug:key>/cases/", cases.cases_page, name="process_cases"),
    path("processes/<slug:key>/cases.csv", cases.cases_csv, name="process_cases_csv"),
    path("processes/<slug:key>/times/", times.times_page, name="process_times"),
    path("processes/<slug:key>/compare/", compare.compare_page, name="process_compare"),
    path("processes/<slug:key>/cases/<path:case_id>/", cases.case_page_of, name="process_case"),
]
