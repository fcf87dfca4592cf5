"""What the graph holds of one entity: its page of facts, each with the words it stands on.

Every section is a SPARQL query with `$IRI` and `$PAGE` in it, so that the command line asks the store and the server
its workers. Sections of claims are read page by page, one row more than fits telling that there is another.
"""

from __future__ import annotations

from typing import Final

from kg.graph.query import rows
from kg.graph.store import Store
from kg.model import KgError

_COLUMNS: Final = "?claim ?words ?certainty ?speaker ?who ?meant ?sentence ?document ?day"
# What the event is that a claim speaks of ("NATO welcomes move"), another claim tells.
_CLAIM: Final = """
  ?claim rdfs:label ?words ; kg:certainty/rdfs:label ?certainty ; kg:source ?speaker ; kg:sentence ?place .
  ?claim kg:document ?document . ?place oa:exact ?sentence ; oa:start ?start . ?speaker rdfs:label ?who
  OPTIONAL { ?document schema:datePublished ?day }
  OPTIONAL { ?claim kg:meant ?when . ?when kg:firstDay ?first ; rdfs:label ?meant }
  OPTIONAL { ?claim rdf:subject|rdf:object ?end . ?act kg:event ?end ; rdfs:label ?told FILTER (?act != ?claim) }
"""


def _claims(*which: str, columns: str = "", also: str = "") -> str:
    """Write the query for a section of claims; each way to find them has all the rest beside it, for speed."""
    found = " UNION ".join(f"{{ {way} {_CLAIM} }}" for way in which)
    return f"""SELECT {columns} {_COLUMNS} (GROUP_CONCAT(DISTINCT ?told; separator="; ") AS ?event) {also} {{
  {found} }} GROUP BY {columns} {_COLUMNS} ?start ORDER BY ?day ?document ?start ?words $PAGE"""


_TIED: Final = "?tie a kg:Affiliation . ?claim rdf:predicate ?tie ; kg:polarity kg:positive"
_SHOWN: Final = """?claim kg:source ?other FILTER (?other != <$IRI>)
  FILTER NOT EXISTS { ?claim kg:polarity kg:positive ; rdf:predicate ?shown
    FILTER (?shown IN (rel:holds_role, rel:is_affiliated_with)) }"""

SECTIONS: Final = {
    "names": """SELECT ?name (COUNT(DISTINCT ?place) AS ?mentions) (COUNT(DISTINCT ?document) AS ?documents) {
  ?place kg:refersTo <$IRI> ; kg:form kg:name ; oa:exact ?name ; kg:document ?document
} GROUP BY ?name ORDER BY DESC(?mentions) ?name""",
    "kinds": """SELECT DISTINCT ?kind { <$IRI> a ?class . ?class rdfs:label ?kind .
  FILTER NOT EXISTS { <$IRI> a ?below . ?below rdfs:subClassOf ?class } } ORDER BY ?kind""",
    "elsewhere": "SELECT DISTINCT ?iri { <$IRI> owl:sameAs ?iri } ORDER BY ?iri",
    "where": "SELECT DISTINCT ?point { <$IRI> geo:hasGeometry/geo:asWKT ?point } ORDER BY ?point",
    "event": _claims("?claim kg:event <$IRI> ."),
    "roles": _claims(
        """?claim rdf:subject <$IRI> ; rdf:predicate ?gives ; kg:polarity kg:positive ; rdf:object ?office .
  ?gives a kg:RoleRelation . ?office a ?kinds ; rdfs:label ?role . VALUES ?kinds { kg:Role kg:Person }
  FILTER NOT EXISTS { ?named kg:refersTo ?office ; kg:form kg:name }
  OPTIONAL { ?tie rdf:subject <$IRI> ; rdf:predicate rel:is_affiliated_with ; kg:sentence ?place ; rdf:object ?of .
    ?of rdfs:label ?whose }""",
        columns="?role",
        also='(GROUP_CONCAT(DISTINCT ?whose; separator="; ") AS ?body)',
    ),
    "affiliations": _claims(
        f"{_TIED} ; rdf:subject <$IRI> ; rdf:object ?body . ?body a ?sort . VALUES ?sort {{ kg:Organization kg:Place }}"
    ),
    "members": _claims(f"{_TIED} ; rdf:object <$IRI> ."),
    "said": _claims(
        "?claim kg:source <$IRI> .", "?link kg:speaker <$IRI> . ?claim kg:attribution/kg:within* ?link ; a kg:Claim ."
    ),
    "said_of": _claims(
        f"?claim rdf:subject|rdf:object <$IRI> . {_SHOWN}",
        f"?argument kg:value <$IRI> . ?claim kg:argument ?argument . {_SHOWN}",
        "?claim a kg:Claim ; kg:document <$IRI> .",
    ),
    "judgements": """SELECT DISTINCT ?verdict ?what ?reason ?by { ?judgement kg:judged|kg:judgedAs <$IRI> ;
  kg:verdict/rdfs:label ?verdict ; rdfs:label ?what ; prov:wasAttributedTo/rdfs:label ?by .
  OPTIONAL { ?judgement rdfs:comment ?reason } } ORDER BY ?what""",
}
"""Name of each section → its query; claims come with who says them, how surely, when it is to be, and the sentence."""


def section(name: str, iri: str, size: int = 100, page: int = 1) -> str:
    """Write the query for a page of a section: one row more than fits tells that there is another."""
    return SECTIONS[name].replace("$IRI", iri).replace("$PAGE", f"LIMIT {size + 1} OFFSET {size * (page - 1)}")


def facts(store: Store, iri: str, size: int = 100, page: int = 1) -> dict[str, list[dict[str, str | None]]]:
    """Gather all sections for one node of the store; `KgError` if the graph does not name it."""
    found = {name: rows(store, section(name, iri, size, page)) for name in SECTIONS}
    if not found["kinds"]:
        raise KgError(f"the graph names no {iri}: see the entities with kg entities")
    return found
