# Two commands do everything on a fresh machine: `make demo` and `make test`.
VENV := .venv
KG   := $(VENV)/bin/kg
READY := $(VENV)/.ready

.PHONY: demo test fast check lint lock clean

demo: $(READY)
	$(KG) build seeds --out exports
	@echo
	@echo "Who approves what, how surely, in which words?"
	$(KG) query --store exports/store --format table "$$APPROVES"
	@echo
	@echo "Who calls for what?"
	$(KG) query --store exports/store --format table "$$CALLS_FOR"
	@echo
	@echo "The page: exports/graph.html   The tool: $(KG) --help"

define APPROVES
SELECT ?who ?what ?kind ?certainty ?words {
  ?claim rdf:subject/rdfs:label ?who ; rdf:predicate rel:approves ; rdf:object ?thing ;
         kg:certainty/rdfs:label ?certainty ; kg:sentence/oa:exact ?words .
  ?thing rdfs:label ?what ; a ?class . ?class rdfs:subClassOf kg:Event ; rdfs:label ?kind
} ORDER BY ?who ?what
endef
define CALLS_FOR
SELECT ?who ?what ?certainty ?words {
  ?claim rdf:subject/rdfs:label ?who ; rdf:predicate rel:calls_for ; rdf:object/rdfs:label ?what ;
         kg:certainty/rdfs:label ?certainty ; kg:sentence/oa:exact ?words
} ORDER BY ?who ?what
endef
export APPROVES CALLS_FOR

test: $(READY)
	$(VENV)/bin/pytest -q -n auto $(if $(CI),,-m "not slow")

fast: $(READY)
	$(VENV)/bin/pytest -q -n auto -m "not slow and not browser"

lint: $(READY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

check: lint test

$(READY): requirements.lock pyproject.toml .ci/python.sh
	.ci/python.sh $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# The lock pins every dependency, those of the tests and of the build too, with hashes.
lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.12 \
	  --generate-hashes --no-header --no-annotate --output-file requirements.lock

clean:
	rm -rf $(VENV) exports/store exports/graph.html exports/claims.jsonl
