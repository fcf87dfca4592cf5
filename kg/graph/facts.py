"""What the graph holds of one entity: its page of facts, each with the words it stands on.

Every section is a SPARQL query with `$IRI` in it, so that the command line asks the store and the server its workers.
"""

from __future__ import annotations

from typing import Final

from kg.graph.query import rows
from kg.graph.store import Store
from kg.model import KgError

_CLAIM: Final = """
  ?claim rdfs:label ?words ; kg:certainty/rdfs:label ?certainty ; kg:source ?speaker ; kg:sentence ?place .
  ?claim kg:document ?document . ?place oa:exact ?sentence ; oa:start ?start . ?speaker rdfs:label ?who
  OPTIONAL { ?document schema:datePublished ?day }
"""
_COLUMNS: Final = "?claim ?words ?certainty ?speaker ?who ?sentence ?document ?day"
_ORDER: Final = "ORDER BY ?day ?document ?start ?words LIMIT 500"

SECTIONS: Final = {
    "names": """SELECT ?name (COUNT(DISTINCT ?place) AS ?mentions) (COUNT(DISTINCT ?document) AS ?documents) {
  ?place kg:refersTo <$IRI> ; kg:form kg:name ; oa:exact ?name ; kg:document ?document
} GROUP BY ?name ORDER BY DESC(?mentions) ?name""",
    "kinds": """SELECT DISTINCT ?kind { <$IRI> a ?class . ?class rdfs:label ?kind .
  FILTER NOT EXISTS { <$IRI> a ?below . ?below rdfs:subClassOf ?class } } ORDER BY ?kind""",
    "elsewhere": "SELECT DISTINCT ?iri { <$IRI> owl:sameAs ?iri } ORDER BY ?iri",
    "where": "SELECT DISTINCT ?point { <$IRI> geo:hasGeometry/geo:asWKT ?point } ORDER BY ?point",
    "roles": f"""SELECT DISTINCT ?role {_COLUMNS} {{
  ?claim rdf:subject <$IRI> ; rdf:predicate rel:holds_role ; rdf:object/rdfs:label ?role ; kg:polarity kg:positive .
  {_CLAIM} }} {_ORDER}""",
    "affiliations": f"""SELECT DISTINCT ?body ?body_name {_COLUMNS} {{
  ?claim rdf:subject <$IRI> ; rdf:predicate ?tie ; rdf:object ?body ; kg:polarity kg:positive .
  ?tie a kg:Affiliation . ?body a/rdfs:subClassOf* ?bodies ; rdfs:label ?body_name .
  VALUES ?bodies {{ kg:Organization kg:Place }} {_CLAIM} }} {_ORDER}""",
    "said": f"""SELECT DISTINCT {_COLUMNS} {{
  ?claim kg:source|kg:attribution/kg:within*/kg:speaker <$IRI> . {_CLAIM} }} {_ORDER}""",
    "said_of": f"""SELECT DISTINCT {_COLUMNS} {{
  {{ ?claim rdf:subject|rdf:object <$IRI> . {_CLAIM} FILTER (?speaker != <$IRI>) }}
  UNION {{ ?claim a kg:Claim ; kg:document <$IRI> . {_CLAIM} }} }} {_ORDER}""",
    "judgements": """SELECT DISTINCT ?verdict ?what ?reason ?by { ?judgement kg:judged|kg:judgedAs <$IRI> ;
  kg:verdict/rdfs:label ?verdict ; rdfs:label ?what ; prov:wasAttributedTo/rdfs:label ?by .
  OPTIONAL { ?judgement rdfs:comment ?reason } } ORDER BY ?what""",
}
"""Name of each section → its query; claims come with who says them, how surely, and the sentence."""


def facts(store: Store, iri: str) -> dict[str, list[dict[str, str | None]]]:
    """Gather all sections for one node of the store; `KgError` if the graph does not name it."""
    found = {name: rows(store, query.replace("$IRI", iri)) for name, query in SECTIONS.items()}
    if not found["kinds"]:
        raise KgError(f"the graph names no {iri}: see the entities with kg entities")
    return found
