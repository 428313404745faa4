# `make help` lists the targets. Each sets up what it needs by itself in .venv.

VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo up test test-sdks test-manifests test-long soak fuzz chaos reliability lint format proto bench scaling endurance docs site screenshots requirements clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.runtime  ## a simulated city day through the whole suite; ends with an open page (EXIT=1: ends)
	@$(BIN)/quzhong demo $(if $(EXIT),--exit)

up: $(VENV)/.runtime  ## all services in one process, data in var/ (QUZHONG_KAFKA=host:port: the log on Kafka)
	@$(BIN)/quzhong up

# Three at a time, a file by one of them: they wait for one another's services about half of the time. In the
# order of the folders, so that what is long begins early.
test: $(VENV)/.dev  ## all tests, on a real Kafka, PostgreSQL and Chromium (ARGS="-k name" for some)
	@tools/ensure.sh maven chromium
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

test-sdks: $(VENV)/.dev  ## the clients of other languages (Go, Java, TypeScript): their own tests, and beside Python on one suite
	@tools/ensure.sh go jdk node
	@QUZHONG_TEST_SDKS=1 PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pytest tests/sdks tests/unit/sdk_vectors $(ARGS)

test-manifests: $(VENV)/.dev  ## deploy/k8s before kubeconform, and operators' resources before their published types
	@tools/ensure.sh go node
	@QUZHONG_TEST_MANIFESTS=1 PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pytest tests/manifests tests/unit/deploy $(ARGS)

test-long: $(VENV)/.dev  ## the oracles over 10,000 random histories a pack, and what make test leaves out: most of an hour
	@QUZHONG_LONG_RUN=1 $(BIN)/python -m pytest --timeout 7200 tests/unit/workhours -k oracle $(ARGS)
	@QUZHONG_LONG_RUN=1 $(BIN)/python -m pytest -m "on_one_database or long_run" $(ARGS)

soak: $(VENV)/.dev  ## the live feed under 200 findings a second, for long (SECONDS=600): what it costs the browser
	@tools/ensure.sh chromium
	@QUZHONG_FEED_SECONDS=$(or $(SECONDS),600) $(BIN)/python -m pytest --timeout 0 tests/e2e/test_feed_burst.py

fuzz: $(VENV)/.dev  ## random input to every decoder, RPC and page, for long (SECONDS=60 for each part)
	@$(BIN)/python -m tests.fuzz.long_run $(or $(SECONDS),60)

chaos: $(VENV)/.dev  ## a day of 1 M events while services, broker and database are killed, paused and cut off (FAULTS=200 SEED=1)
	@tools/ensure.sh maven
	@$(BIN)/python -m tests.chaos.long_run $(or $(FAULTS),200) $(or $(SEED),1) $(or $(EVENTS),1000000)

reliability: $(VENV)/.dev  ## docs/reliability.md's table of trouble anew, from the tests that see it
	@tools/ensure.sh maven
	@$(BIN)/python -m pytest -q tests/integration/trouble tests/integration/intake/test_intake_through_trouble.py \
		tests/integration/oauth/test_access_tokens.py tests/contract/eventlog/test_secured_kafka.py
	@$(BIN)/python -m tools.reliability_table

lint: $(VENV)/.dev  ## ruff, mypy, import rules, the contract, freshness of generated files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy kit services sdk/python/src/quzhong simulator cli tools bench tests
	@$(BIN)/lint-imports
	@$(BIN)/buf lint
	@$(BIN)/buf format proto --diff --exit-code
	@$(BIN)/buf breaking proto --against proto/released/v1.binpb
	@$(BIN)/python -m tools.generate_api --check

format: $(VENV)/.dev  ## let ruff and buf format everything
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .
	@$(BIN)/buf format proto --write

proto: $(VENV)/.dev  ## generate the Python API from proto/, and the stubs of each language whose tools are there
	@$(BIN)/python -m tools.generate_api
	@! command -v go >/dev/null || $(BIN)/python -m tools.generate_go
	@! command -v mvn >/dev/null || $(BIN)/python -m tools.generate_java
	@! test -e sdk/typescript/node_modules || $(BIN)/python -m tools.generate_typescript

bench: $(VENV)/.dev  ## throughput beside named baselines, as ratios
	@$(BIN)/python -m bench.intake
	@$(BIN)/python -m bench.event_index
	@$(BIN)/python -m bench.workhours
	@$(BIN)/python -m bench.workhours_memory
	@$(BIN)/python -m bench.advisory_latency
	@$(BIN)/python -m bench.notify
	@$(BIN)/python -m bench.audit
	@$(BIN)/python -m bench.portal
	@$(BIN)/python -m bench.pseudonyms
	@$(BIN)/python -m bench.audit_coverage
	@$(BIN)/python -m bench.telemetry
	@$(BIN)/python -m bench.partition_skew
	@$(BIN)/python -m bench.sdks

scaling: $(VENV)/.dev  ## workhours as one, two and four processes of a group (EVENTS=10000000)
	@$(BIN)/python -m bench.scaling --events $(or $(EVENTS),10000000)

endurance: $(VENV)/.dev  ## the embedded suite at 10,000 events a second for long (MINUTES=30): memory, files, what waits
	@$(BIN)/python -m bench.soak --minutes $(or $(MINUTES),30)

docs: $(VENV)/.dev  ## generate docs/data-flow.md, docs/cli.md, docs/case-ladder.md, docs/api, the glossary, the methods and the manifests of Kafka users from the code
	@$(BIN)/quzhong topics --markdown > docs/data-flow.md
	@$(BIN)/python -m tools.case_ladder_page
	@$(BIN)/python -m tools.glossary_page
	@$(BIN)/python -m tools.api_documents
	@$(BIN)/python -m tools.kafka_users
	@$(BIN)/python -m typer cli.main utils docs --name quzhong --title "The quzhong command" --output docs/cli.md

site: $(VENV)/.docs  ## the documentation as a site in build/site, complete without the network
	@$(BIN)/python -m tools.site_source
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet

screenshots: $(VENV)/.dev  ## docs/assets/screenshots anew, from the pages over a simulated city day
	@tools/ensure.sh chromium
	@QUZHONG_DOCS_SCREENSHOTS=1 $(BIN)/python -m pytest -q tests/e2e/test_screenshots.py $(ARGS)

requirements: $(VENV)/.dev  ## pin requirements/*.in anew
	@tools/pin.sh

clean:  ## remove the virtual environment and everything built
	@rm -rf $(VENV) build var .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@rm -rf tests/support/kafka/target sdk/java/client/target sdk/java/examples/*/target sdk/typescript/node_modules sdk/typescript/dist sdk/typescript/build

$(VENV)/.runtime: requirements/runtime.txt requirements/font.txt pyproject.toml sdk/python/pyproject.toml
	@tools/setup.sh runtime

$(VENV)/.docs: requirements/docs.txt $(VENV)/.runtime
	@tools/setup.sh docs

$(VENV)/.dev: requirements/dev.txt requirements/font.txt pyproject.toml sdk/python/pyproject.toml
	@tools/setup.sh dev
