"""Activities: planned or done pieces of contact or work: open, done or cancelled."""
