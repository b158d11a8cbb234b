"""Sign-ins: who may, what they may, and how it ends."""
