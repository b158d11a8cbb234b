"""The chart as it is: units, heads and people; layers and spans of control."""
