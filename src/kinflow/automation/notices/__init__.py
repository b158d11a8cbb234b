"""Notices: what somebody should know at once, told by a reader of the log; the bell shows them, live."""
