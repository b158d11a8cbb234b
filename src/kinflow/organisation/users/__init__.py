"""Users: who may sign in, and the tokens programs use."""
