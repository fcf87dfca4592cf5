"""The list of all that a store names, each node once: what single documents call it, put together.

It is made of the heads of the documents' files, so that listing many thousands of documents fills no graph.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.graph.store import Store
from kg.ontology import ontology


@dataclass(slots=True)
class Listed:
    """Somebody or something that documents name."""

    iri: str
    labels: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    mentions: int = 0
    documents: list[str] = field(default_factory=list)
    """Keys of all documents that speak of it."""
    mentioned_in: int = 0

    @property
    def name(self) -> str:
        """What it is called; what it is called elsewhere if no document gives it the name of its IRI."""
        return min(self.labels or self.others)

    @property
    def aliases(self) -> list[str]:
        """Its other names, sorted."""
        return sorted(self.others - {self.name})

    @property
    def kind(self) -> str:
        """Its kinds, the most special of each branch."""
        known = ontology()
        above = {wide for kind in self.kinds for wide in list(known.ancestors("kg:" + kind))[1:]}
        special = (kind for kind in self.kinds if not above.intersection([next(known.ancestors("kg:" + kind))]))
        return ", ".join(sorted(known.value("kg:" + kind, "rdfs:label") or kind for kind in special))

    def is_called(self, name: str) -> bool:
        """Tell whether a name is one of its names, small and capital letters alike."""
        return name.casefold() in {other.casefold() for other in self.labels | self.others}


def listing(store: Store) -> list[Listed]:
    """List what a store names, the most mentioned first.

    >>> from kg.model import Document, Entity, Form, Mention, Reading, Span
    >>> nato = Mention(Span(0, 4), Span(0, 4), Form.NAME, "e", "name")
    >>> store = Store()
    >>> store.add(Reading(Document("a", "Nato."), (Span(0, 5),), (nato,), (Entity("e", "Nato", "Organization"),)))
    >>> [(one.name, one.kind, one.mentions) for one in listing(store)]
    [('Nato', 'organisation', 1)]
    """
    found: dict[str, Listed] = {}
    for document, entities in store.named():
        nodes = store.identities.names(document)
        for key, name, kind, aliases, mentions in entities:
            node = nodes.get(key, key)
            one = found.get(node) or found.setdefault(node, Listed(store.base + node))
            # A node that goes by another document's name has its own name here as one of its others.
            (one.labels if f"{node}:".startswith(f"{key}:") else one.others).add(name)
            one.others.update(aliases)
            one.kinds.add(kind)
            one.mentions += mentions
            if document not in one.documents[-1:]:
                one.documents.append(document)
                one.mentioned_in += mentions > 0
    return sorted(found.values(), key=lambda one: (-one.mentions, one.name, one.iri))
