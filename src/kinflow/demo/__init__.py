"""The demo company: a believable maker of industrial pumps with two years of history."""
