"""The interactive page of a graph."""
