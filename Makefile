# The names that people and machines rely on. Each does its work through a small Python file, so
# that Linux, macOS and Windows (Git Bash) behave alike. Everything lands in .venv, node_modules,
# data and build; removing those is a clean start.

# The first of the usual names that is a Python of at least 3.11; asked for only when needed.
try_python = $(shell $(1) -c "import sys; sys.version_info >= (3, 11) and print('$(1)')" 2>/dev/null)
find_python = $(or $(call try_python,python3),$(call try_python,python),$(call try_python,py),\
	$(error Almanac needs Python 3.11 or newer, and found none called python3, python or py. \
	Get it at https://www.python.org/downloads/))

PYTHON = $(if $(findstring Windows,$(OS)),.venv/Scripts/python.exe,.venv/bin/python)
PLAYGROUND = sandbox/playground/package-lock.json
BROWSER = tests/browser/package-lock.json
OIDC = tests/oidc/package-lock.json
# Fast: what needs neither a browser nor the whole program.
WHOLE = scenarios sandbox bench services/graph services/jobs services/sync/model \
	services/test_rights_table.py services/test_tenants.py
FAST = -m "not browser and not slow and not world" -k "not cosmos" $(WHOLE:%=--ignore=tests/%)
SECONDS ?= 300

# Also where Python is told to keep no bytecode: each process would compile all tests once more.
export PYTHONDONTWRITEBYTECODE =

.PHONY: help setup run check test bench gallery package soak
.DEFAULT_GOAL := help

help:
	@echo "make run      the demo: bot, sandbox Microsoft 365 and Playground; prints one address"
	@echo "make setup    install everything, start nothing"
	@echo "make check    lint, types and fast tests (at most 90 seconds)"
	@echo "make test     everything, browser tests included (at most 20 minutes)"
	@echo "make gallery  draw every card to build/gallery"
	@echo "make bench    measure beside other bot frameworks, another sync and a plain file"
	@echo "make package  the app for Teams, into build/"
	@echo "make soak     the sync and the rules of series with new random input for SECONDS (300)"

run: .venv/run.stamp
	@$(PYTHON) app.py --demo --playground

setup: .venv/all.stamp

.venv/run.stamp: requirements.txt $(PLAYGROUND) .ci/setup.py
	@$(find_python) .ci/setup.py run

.venv/all.stamp: requirements.txt tests/requirements.txt $(PLAYGROUND) $(BROWSER) $(OIDC) .ci/setup.py
	@$(find_python) .ci/setup.py all

check: .venv/all.stamp
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy
	$(PYTHON) -m pytest -q -n auto --dist worksteal $(FAST)

test: .venv/all.stamp
	@$(PYTHON) .ci/test.py

bench: .venv/all.stamp
	$(PYTHON) -m bench
	$(PYTHON) -m bench.storage
	$(PYTHON) -m bench.sync
	$(PYTHON) -m bench.imports
	$(PYTHON) -m bench.recurrence
	$(PYTHON) -m bench.views
	$(PYTHON) -m bench.search

gallery: .venv/all.stamp
	$(PYTHON) -m tests.cards.gallery

package: .venv/run.stamp
	@$(PYTHON) -m manifest.package --app-id "$(MICROSOFT_APP_ID)" --public-url "$(PUBLIC_URL)"

soak: .venv/all.stamp
	@$(PYTHON) .ci/soak.py $(SECONDS)
