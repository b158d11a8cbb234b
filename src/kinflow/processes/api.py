"""What processes add to the API: one router, to which each noun adds its own."""

from ninja import Router

router = Router(tags=["processes"])
