"""The organisation as it is: on paper, and as the log shows it."""
