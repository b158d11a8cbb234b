"""Rules: when something happens or holds, if a condition is met, then steps are done."""
