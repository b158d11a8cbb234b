"""Offers: work that is offered to the best person, who accepts, declines, or lets the time run out."""
