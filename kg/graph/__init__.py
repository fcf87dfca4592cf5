"""The wing that turns claims into answers; knows RDF, not spaCy."""
