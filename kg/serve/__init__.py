"""A read-only SPARQL endpoint with the page, a search, and an address for everything the graph names."""
