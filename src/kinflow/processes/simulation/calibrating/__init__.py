"""From a log to a scenario of the process as it is, and the check on a later part of the log, unseen till then."""
