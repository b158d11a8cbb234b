"""Cases: requests for service: new, open, waiting, solved or closed."""
