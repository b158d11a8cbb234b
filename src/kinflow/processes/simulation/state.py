"""What a play is in: numbers of the columns of its arrays."""

CASE_OF, STEP, STAFF, CAME, READY, START, STOP, WORK, VISIT, SLOT, RANK, KEY, SEQ, CHILD, BESIDE, NEXT = (
    range(16)
)
"""Columns of an item of work under way (`live`); the first nine are the rows of the log."""
LOGGED = 9
CASE, KIND_OF, URGENCY, TOKENS, BUSY, PENDING, DEFECT, LAST, HANDED, HEAD = range(10)
"""Columns of an open case; then by step, how often it was there and how many tokens are, by flow how many wait. The first
leads to the next free row where no case is."""
FREE, SINCE, WAKING, AT, POSTS, LAST_POST, LAST_SPAN, OVERTIME = range(8)
"""Columns of somebody: places free, idle since, to be woken, which span of the hours, where the roles are in `roles`, the
end of the spans, and how long work goes on after one."""
(START_STEP, DISCIPLINE, SEED, UNTIL, MOST_OPEN, MOST_EVENTS, MARGIN, NOW, AGENDA, SEQUENCE, ITEMS, SPARE, SLOTS,
    SPARE_SLOT, OPEN, ARRIVED, EVENTS, WRITTEN, CHAIN, SOONEST, HEAPED,
    QUEUES) = range(22)  # fmt: skip
"""What `count` holds: what is given, from `NOW` on how far it is, from `QUEUES` on what waits for each role."""
READY_NOW, DONE, WAKE, RELEASE = range(4)
"""What happens: work becomes wanted, is done; somebody comes on duty; a batch has waited long enough."""
