"""The addresses of the pool."""

from django.urls import path

from . import pages, policy_pages

urlpatterns = [
    path("pool/", pages.pool, name="pool"),
    path("pool/mine/", pages.mine_page, name="pool_mine"),
    path("pool/claim/<slug:kind>/<int:pk>/", pages.claim_one, name="claim"),
    path("pool/put-back/<slug:kind>/<int:pk>/", pages.put_back_page, name="put_back"),
    path("pool/take-back/<slug:kind>/<int:pk>/", pages.take_back_page, name="take_back"),
    path("pool/policies/", policy_pages.policies, name="pools"),
    path("pool/policies/new/", policy_pages.new_policy, name="new_pool"),
    path("pool/policies/count/<slug:kind>/", policy_pages.count, name="pool_count"),
    path("pool/policies/<int:pk>/", policy_pages.policy, name="pool_policy"),
    path("pool/policies/<int:pk>/switch/", policy_pages.switch, name="switch_pool"),
    path("pool/policies/<int:pk>/restore/<int:number>/", policy_pages.restore, name="restore_pool"),
]
