"""The wing that turns words into claims; knows spaCy, not RDF."""
