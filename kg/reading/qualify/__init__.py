"""How a bare claim is meant: who says it, how surely, when, how many."""
