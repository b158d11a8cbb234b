"""What-ifs: moves applied to a calibrated scenario, played before and after."""
