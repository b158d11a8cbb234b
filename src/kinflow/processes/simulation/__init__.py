"""What-ifs: scenarios, the engine that plays them, and how far it can be trusted."""
