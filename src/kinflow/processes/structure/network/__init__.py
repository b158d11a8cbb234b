"""Paper against log: who works with whom by the hand-overs of the log, against the lines of the chart."""
