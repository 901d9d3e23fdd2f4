# Two verbs for everybody, the rest for curators and developers. Needs git, make and Python 3.11 or newer.
PORT ?= 8000
REQUESTS ?= 100000
BIN := .venv/bin

.PHONY: help serve test lint check openapi bench fuzz lock

help:            ## Show the verbs
	@grep -hE '^[a-z]+: .*##|^[a-z]+:  +##' $(MAKEFILE_LIST) | sed -E 's/:.*## /: /'

serve:           ## Set up, build the content if it changed, and serve it on PORT (8000)
	@.ci/setup serve
	@CALC_PORT=$(PORT) $(BIN)/calcification-api serve

test:            ## Set up and run all tests
	@.ci/setup test
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

lint:            ## Format, lint, types and import layers
	@.ci/setup test
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check:           ## Check the content
	@.ci/setup serve
	@$(BIN)/calcification-api check

openapi:         ## Rewrite the committed OpenAPI description
	@.ci/setup serve
	@$(BIN)/calcification-api openapi > docs/openapi.json

bench:           ## Run the benchmarks and print their report
	@.ci/setup test
	@$(BIN)/python -m pytest tests/benchmarks -m benchmark -s --override-ini=addopts=

fuzz:            ## Ask two servers 100,000 requests by chance and judge every answer (REQUESTS=...)
	@.ci/setup test
	@$(BIN)/python -m tests.faults.fuzz --requests $(REQUESTS)

lock:            ## Write the hash-pinned requirements again
	@.ci/lock
