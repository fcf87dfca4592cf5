"""News text in, a knowledge graph of claims out."""

__version__ = "0.1.0"
