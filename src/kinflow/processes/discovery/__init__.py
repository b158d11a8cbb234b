"""Discovery: a sound, readable model of how work flows, from what directly follows what in its log."""
