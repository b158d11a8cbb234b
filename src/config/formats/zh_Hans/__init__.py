"""Chinese as it is written with simplified characters."""
