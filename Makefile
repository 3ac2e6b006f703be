# One definition of what works and what is clean: people, the pre-commit hooks and .ci/run call these targets.
# Needs Python 3.11 or later and make; everything else is installed into .venv from requirements.lock, once.

PORT ?= $(or $(JIXIAO_PORT),8501)
# Arguments passed on to pytest: make test ARGS="-k execution"
ARGS ?=
# The interpreter to build .venv with; empty: the first on the PATH that is 3.11 or later.
PYTHON ?=
# make lock UPGRADE=1 moves every pin to the newest version that fits; without it only what pyproject.toml changed moves.
UPGRADE ?=
UV ?= uv

VENV := .venv
IN_VENV := $(VENV)/bin/python -m
JIXIAO := $(VENV)/bin/jixiao
INSTALLED := $(VENV)/installed
# Holds the folder that .venv was built in: scripts of a virtual environment do not survive a move of the checkout.
PLACE := $(VENV)/place
# Rendering needs a database to speak to, and no data: one in memory meets no other process and leaves no file.
SQLFLUFF := JIXIAO_BUILD_DATABASE=:memory: $(IN_VENV) sqlfluff
SQL_FOLDERS := $(wildcard models analyses tests/warehouse)

# pip says a line or two for each package and source: every twentieth is enough, but whatever is unusual is shown.
define COUNT_PACKAGES
{ fetched=0; while read -r line; do case "$$line" in \
	Collecting*|Processing*) fetched=$$((fetched + 1)); [ $$((fetched % 20)) -ne 0 ] || echo "  $$fetched fetched …" ;; \
	"Installing collected"*) echo "  unpacking …" ;; \
	Looking*|Downloading*|Using*|Requirement*|Attempting*|"Found existing"*|Uninstalling*|Successfully*|"WARNING: Location"*) ;; \
	*) printf '%s\n' "$$line" ;; \
esac; done; }
endef

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run warehouse dashboard ocr login test test-quick lint lint-python lint-sql format accuracy docs screenshots bench bench-readers bench-loading bench-dashboard bench-warehouse hooks lock clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /	/' | while IFS='	' read -r target meaning; do printf '  make %-15s %s\n' "$$target" "$$meaning"; done

run: $(INSTALLED) ## Load the reports, build and publish the warehouse, then serve the dashboard on http://127.0.0.1:$(PORT)
	@$(JIXIAO) rebuild || { code=$$?; [ $$code -eq 1 ] || exit $$code; \
		echo "Some inputs could not be loaded (listed above and by: $(JIXIAO) status); the dashboard shows the rest." >&2; }
	@$(JIXIAO) dashboard --port $(PORT)

warehouse: $(INSTALLED) ## Load the reports, build, test and publish the warehouse, then exit
	@$(JIXIAO) rebuild

dashboard: $(INSTALLED) ## Serve the published warehouse on http://127.0.0.1:$(PORT) without rebuilding it
	@$(JIXIAO) dashboard --port $(PORT)

# requirements-ocr.lock is requirements.lock and what the extra adds; its models come inside a package.
ocr: $(INSTALLED) ## Install the reader of scans and pictures (OCR), about 250 MB
	@echo "Installing the packages of the extra ocr into .venv …"
	@$(IN_VENV) pip install --quiet --disable-pip-version-check --require-hashes -r requirements-ocr.lock

login: $(INSTALLED) ## Install what reviewers log in with (OpenID Connect)
	@echo "Installing the packages of the extra login into .venv …"
	@$(IN_VENV) pip install --quiet --disable-pip-version-check --require-hashes -r requirements-login.lock

test: $(INSTALLED) ## Run every test; ARGS="-k name" chooses
	@$(IN_VENV) pytest $(ARGS)

test-quick: $(INSTALLED) ## Run the tests that take seconds: none that drives a browser or is marked slow
	@$(IN_VENV) pytest -q -m "not slow and not browser" $(ARGS)

lint: lint-python lint-sql ## Check style and common errors of Python and SQL, changing nothing

lint-python: $(INSTALLED) ## Check the Python alone, in a second
	@$(IN_VENV) ruff check .
	@$(IN_VENV) ruff format --check .

lint-sql: $(INSTALLED) ## Check the SQL alone; dbt renders each model, about a minute
	@echo "Checking the SQL of $(SQL_FOLDERS) …"
	@$(SQLFLUFF) lint $(SQL_FOLDERS)

format: $(INSTALLED) ## Rewrite Python and SQL in the project's style
	@$(IN_VENV) ruff check --fix .
	@$(IN_VENV) ruff format .
	@$(SQLFLUFF) fix $(SQL_FOLDERS)

accuracy: $(INSTALLED) ## Measure the accuracy on the sample reports and write the committed score again
	@$(VENV)/bin/python tests/ingest/accuracy.py

docs: $(INSTALLED) ## Write docs/data_dictionary.md again from the descriptions of models and seeds
	@$(VENV)/bin/python scripts/data_dictionary.py

screenshots: warehouse ## Take the pictures of docs/images again from the warehouse; needs a Chromium
	@JIXIAO_SCREENSHOTS_HOME="$${JIXIAO_HOME:-data}" JIXIAO_WRITE_SCREENSHOTS=1 JIXIAO_REQUIRE_BROWSER=1 $(IN_VENV) pytest -q tests/dashboard/test_screenshots.py

bench: $(INSTALLED) $(VENV)/bench/installed ## Measure the speed of extraction beside its baselines (about two minutes)
	@$(IN_VENV) bench.extraction --baselines $(VENV)/bench/bin/python $(ARGS)

bench-readers: $(INSTALLED) $(VENV)/bench/installed ## Measure the speed of reading each format beside the bare libraries (about four minutes)
	@$(IN_VENV) bench.readers --baselines $(VENV)/bench/bin/python $(ARGS)
	@$(IN_VENV) bench.pdf --baselines $(VENV)/bench/bin/python

bench-loading: $(INSTALLED) ## Measure loading with one worker and with all, and load 500 damaged and hostile files (about five minutes)
	@$(IN_VENV) bench.loading $(ARGS)
	@$(IN_VENV) bench.hostile

bench-dashboard: $(INSTALLED) ## Measure the speed of the dashboard on five million figures (some ten minutes; needs a Chromium)
	@$(IN_VENV) bench.dashboard $(ARGS)

bench-warehouse: $(INSTALLED) ## Measure building from 1 and 5 million generated figures; ARGS="--figures 1000000"
	@$(IN_VENV) bench.warehouse $(ARGS)

$(VENV)/bench/installed: bench/requirements.txt $(INSTALLED)
	@echo "Installing what extraction is measured against into $(VENV)/bench …"
	@$(IN_VENV) venv --clear $(VENV)/bench
	@$(VENV)/bench/bin/python -m pip install --quiet --disable-pip-version-check -r bench/requirements.txt
	@touch $@

hooks: $(INSTALLED) ## Install the git hooks that run lint and the quick tests before each commit
	@$(IN_VENV) pre_commit install

# No addresses in the file: it installs from whichever index pip is configured to use.
# --no-strip-extras: pip refuses a requirement with an extra (mashumaro[msgpack]) whose pin lacks it.
lock: ## Resolve requirements.lock again from pyproject.toml, with uv; UPGRADE=1 takes the newest versions
	@command -v "$(UV)" >/dev/null || { echo "make lock needs uv: install it with 'python3 -m pip install uv', or name it: make lock UV=/path/to/uv" >&2; exit 1; }
	@"$(UV)" pip compile --quiet --no-strip-extras --generate-hashes --no-header --no-annotate --no-emit-index-url \
		--python-version 3.11 --extra test $(if $(UPGRADE),--upgrade) pyproject.toml -o requirements.lock
	@"$(UV)" pip compile --quiet --no-strip-extras --generate-hashes --no-header --no-annotate --no-emit-index-url \
		--python-version 3.11 --extra ocr --constraint requirements.lock $(if $(UPGRADE),--upgrade) pyproject.toml -o requirements-ocr.lock
	@"$(UV)" pip compile --quiet --no-strip-extras --generate-hashes --no-header --no-annotate --no-emit-index-url \
		--python-version 3.11 --extra login --constraint requirements.lock $(if $(UPGRADE),--upgrade) pyproject.toml -o requirements-login.lock

clean: ## Remove .venv and everything built; keeps the data in JIXIAO_HOME
	@rm -rf $(VENV) target logs build *.egg-info .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

ifneq ($(shell cat $(PLACE) 2>/dev/null),$(shell pwd -P))
.PHONY: $(INSTALLED)
endif

# A second run finds the file newer than both and installs nothing; pip itself needs no network for pins that are there.
$(INSTALLED): requirements.lock pyproject.toml
	@if [ -n "$(PYTHON)" ]; then set -- "$(PYTHON)"; else set -- python3.13 python3.12 python3.11 python3 python; fi; \
	if [ "$$(cat $(PLACE) 2>/dev/null)" = "$$(pwd -P)" ] && $(VENV)/bin/python -c '' 2>/dev/null; then set --; else rm -rf $(VENV); fi; \
	for python in "$$@"; do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
		echo "Building .venv with $$("$$python" --version) …"; \
		"$$python" -m venv $(VENV) || { rm -rf $(VENV); \
			echo "$$python cannot build a virtual environment: install its venv module (Debian, Ubuntu: apt install python3-venv)." >&2; exit 1; }; \
		pwd -P > $(PLACE); \
		break; \
	done; \
	[ -x $(VENV)/bin/python ] || { echo "Jixiao needs Python 3.11 or later; tried: $$*. Install it, or name one: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Installing the $$(grep -c == requirements.lock) packages that requirements.lock pins into .venv (about a minute the first time) …"
	@{ PYTHONUNBUFFERED=1 $(IN_VENV) pip install --disable-pip-version-check --progress-bar off --require-hashes \
		-r requirements.lock 2>&1; echo $$? > $(VENV)/pip-status; } | $(COUNT_PACKAGES); exit "$$(cat $(VENV)/pip-status)"
	@$(IN_VENV) pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(INSTALLED)
	@echo "The environment is ready."
