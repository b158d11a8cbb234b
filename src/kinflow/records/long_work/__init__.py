"""Work that lasts longer than anybody waits for an answer: begun, followed, cancelled, done by the worker, told."""
