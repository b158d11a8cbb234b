"""The addresses of replays and proposed weights."""

from django.urls import path

from . import pages

urlpatterns = [
    path("scorings/<int:pk>/replays/", pages.replays, name="scoring_replays"),
    path("scorings/<int:pk>/replays/<int:number>/", pages.replay, name="scoring_replay"),
    path("scorings/<int:pk>/replays/<int:number>/cancel/", pages.cancel, name="cancel_replay"),
    path("scorings/<int:pk>/replays/<int:number>/moves.csv", pages.export, name="replay_export"),
    path("scorings/<int:pk>/learning/", pages.learn, name="learn_weights"),
    path("scorings/<int:pk>/learning/<int:number>/", pages.learning, name="weight_learning"),
    path("scorings/<int:pk>/learning/<int:number>/cancel/", pages.cancel_learnt, name="cancel_learning"),
    path("scorings/<int:pk>/learning/<int:number>/draft/", pages.draft, name="learnt_draft"),
    path("scorings/<int:pk>/learning/<int:number>/replay/", pages.replay_proposed, name="replay_learnt"),
]
