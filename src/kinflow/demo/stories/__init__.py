"""The stories of the demo company, each told as it happens: what somebody waits for, and what comes of it."""
