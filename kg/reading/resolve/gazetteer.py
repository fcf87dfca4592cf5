"""The gazetteer, which both wings use: see `kg.gazetteer`."""

from kg.gazetteer import Gazetteer, Row, Term, fold, is_local

__all__ = ["Gazetteer", "Row", "Term", "fold", "is_local"]
