"""News text in, a knowledge graph of claims out."""
