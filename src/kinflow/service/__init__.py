"""Cases: requests for service with priority and due time."""
