"""The words the demo company is told in: names, places, and fragments of sentences in several languages."""
