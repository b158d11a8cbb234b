"""Work that somebody asks for a process: what calibrations, what-ifs, searches and sensitivities have in common."""
