"""The demo's clock: weeks that pass at once, with the business that they bring."""
