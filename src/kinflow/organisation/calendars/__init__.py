"""Working calendars: when work is done, with holidays and make-up days."""
