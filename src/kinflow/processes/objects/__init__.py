"""Several kinds of object in one picture: an object-centric log, and what follows what for the objects of each kind."""
