"""Who is who: mentions, coreference, and the identity of entities."""
