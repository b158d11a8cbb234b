"""From a log to a scenario of the process as it is, and the check on a later part of the log that it was not made from."""
