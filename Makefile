# `make help` lists what can be asked for. Everything is installed into .venv and written under var/.

SHELL := /bin/sh
BIN := .venv/bin
# Programs are run as modules where they can be: scripts name the place where the environment was made.
PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq --no-input --root-user-action=ignore --require-hashes
LOCK := $(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock"
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$python && break; done)
# What a shell says of a portal elsewhere is not for the checks.
LOCALLY := env -u DATABASE_URL -u PUBLIC_DATABASE_URL -u PORTAL_SIDE -u DJANGO_SETTINGS_MODULE PORTAL_LOCAL=on
TEMPLATES := find templates cooperation portal -path '*templates/*' -name '*.html' -print0
# Production settings for the checks; the key is made for the occasion.
DEPLOYED = env -u PORTAL_LOCAL -u PUBLIC_DATABASE_URL PORTAL_HOSTS=portal.example PORTAL_URL=https://portal.example \
	DATABASE_URL=postgresql://portal@db.example/portal PORTAL_VAR=var/deployed \
	PORTAL_SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')

.DEFAULT_GOAL := help
.PHONY: help run test test-sqlite test-postgres check format lint types templates imports migrations pins advisories deployed lock examples clean proof-ceilings proof-fuzz proof-hostile proof-interleavings proof-lighthouse proof-mirror proof-pages proof-payloads proof-races proof-reading proof-signing-in proof-throttling proof-twins

help: ## List every target with one line
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/run.stamp ## Start the portal at http://127.0.0.1:8000 (PORT=… another port, SEED=0 without the seed)
	@PORTAL_LOCAL=on $(BIN)/python -m portal.start

test: .venv/dev.stamp ## Run every test, on SQLite and then on PostgreSQL
	@$(BIN)/python -m tests.run sqlite postgresql

test-sqlite: .venv/dev.stamp ## Run the tests on SQLite, browser tests among them
	@$(BIN)/python -m tests.run sqlite

test-postgres: .venv/dev.stamp ## Run the tests on a PostgreSQL of their own
	@$(BIN)/python -m tests.run postgresql

proof-fuzz: .venv/dev.stamp ## The interface against its own description, 10,000 times
	@$(LOCALLY) FUZZ_EXAMPLES=55 $(BIN)/python -m pytest --quiet --capture=no --show-capture=no -p no:logging tests/faces/test_api_fuzzing.py

proof-hostile: .venv/dev.stamp ## Every hostile value on every parameter and path of each sort of public route, and on the whole desk
	@$(LOCALLY) HOSTILE_SHARE=1 $(BIN)/python -m pytest --quiet --capture=no tests/contracts/test_hostile.py tests/contracts/test_hostile_desk.py tests/contracts/test_hostile_forms.py

proof-twins: .venv/dev.stamp ## Portals that differ in drafts alone, asked for everything that can be asked
	@$(LOCALLY) TWIN_REQUESTS=1000000 CANARY_SHARE=1 $(BIN)/python -m pytest --quiet --capture=no tests/contracts/test_twins.py tests/contracts/test_canaries.py

proof-pages: .venv/dev.stamp ## Each page in each language, wide and narrow, light and dark, for everybody
	@$(LOCALLY) EVERY_LOOK=1 $(BIN)/python -m pytest --quiet tests/browser/test_public_pages.py

proof-payloads: .venv/dev.stamp ## A thousand texts that want to run, in every field of every kind, on the pages that show them in a browser
	@$(LOCALLY) PAYLOADS=1000 $(BIN)/python -m pytest --quiet --capture=no --show-capture=no tests/browser/test_payloads.py tests/browser/test_payloads_elsewhere.py tests/browser/test_policy.py

proof-races: .venv/dev.stamp ## Four at once call each service of the desk 250 times
	@RACE_CALLS=250 $(BIN)/python -m tests.postgres -- pytest --quiet tests/contracts/test_races.py

proof-mirror: .venv/dev.stamp ## A mirror follows 1,000 acts of several at once and ends equal to the portal
	@MIRROR_ACTS=1000 $(BIN)/python -m tests.postgres -- pytest --quiet --capture=no -p no:logging tests/contracts/test_mirror_at_once.py

proof-interleavings: .venv/dev.stamp ## Two editors meet at the same form 1,000 times, and no acknowledged change vanishes
	@INTERLEAVINGS=1000 $(BIN)/python -m tests.postgres -- pytest --quiet --capture=no -p no:logging tests/contracts/test_interleavings.py

proof-signing-in: .venv/dev.stamp ## 500 tries to sign in at once, on SQLite and PostgreSQL
	@$(LOCALLY) SIGN_IN_TRIES=500 $(BIN)/python -m pytest --quiet -s -p no:logging tests/setup/test_signing_in.py -k however_many
	@SIGN_IN_TRIES=500 $(BIN)/python -m tests.postgres -- pytest --quiet -s -p no:logging tests/setup/test_signing_in.py -k "however_many or without_the_lock"

proof-throttling: .venv/dev.stamp ## What nginx does with deploy/nginx.conf before a portal that is flooded (needs nginx)
	@$(LOCALLY) $(BIN)/python -m benchmarks.throttling

proof-lighthouse: .venv/dev.stamp ## What Lighthouse says of home, list and record (asks npm for it)
	@command -v npx >/dev/null || { echo "Node with npx is needed to run Lighthouse: install it (Debian: apt-get install npm), then run make again."; exit 1; }
	@$(LOCALLY) $(BIN)/python -m benchmarks.lighthouse

proof-reading: .venv/dev.stamp ## What reading costs as the register grows (RECORDS=20000)
	@d=$$(mktemp -d) && PORTAL_VAR=$$d $(BIN)/python -m tests.postgres -- $(BIN)/python -m benchmarks.reading; status=$$?; rm -rf "$$d"; exit $$status

proof-ceilings: .venv/dev.stamp ## What the dearest public requests cost (RECORDS=100000)
	@d=$$(mktemp -d) && PORTAL_VAR=$$d $(BIN)/python -m tests.postgres -- $(BIN)/python -m benchmarks.ceilings; status=$$?; rm -rf "$$d"; exit $$status

proof-doubles: .venv/dev.stamp ## What finding doubles costs among many organizations (RECORDS=100000)
	@d=$$(mktemp -d) && $(LOCALLY) PORTAL_VAR=$$d $(BIN)/python -m benchmarks.doubles; status=$$?; rm -rf "$$d"; exit $$status

examples: .venv/dev.stamp ## Write the examples of the interface's description anew from the first records
	@d=$$(mktemp -d) && $(LOCALLY) PORTAL_VAR=$$d $(BIN)/python -m tests.asking; status=$$?; rm -rf "$$d"; exit $$status

check: lint types templates imports migrations pins advisories deployed ## Run every check that needs no test

format: .venv/dev.stamp ## Write code and templates in the house's form
	@$(BIN)/python -m ruff check --quiet --fix-only . && $(BIN)/python -m ruff format --quiet .
	@$(TEMPLATES) | xargs -0 $(BIN)/djade --target-version 5.2

lint: .venv/dev.stamp ## Form and faults of the code
	@$(BIN)/python -m ruff format --check --quiet . || { echo 'Some files are not in form: `make format` mends that.'; exit 1; }
	@$(BIN)/python -m ruff check --quiet .
	@echo "lint: in order"

types: .venv/dev.stamp ## Types
	@$(LOCALLY) $(BIN)/python -m mypy --no-error-summary
	@echo "types: in order"

templates: .venv/dev.stamp ## Form of the templates
	@$(TEMPLATES) | xargs -0 $(BIN)/djade --target-version 5.2 --check
	@echo "templates: in order"

imports: .venv/dev.stamp ## Which room may import which
	@mkdir -p var && $(BIN)/lint-imports --no-cache > var/imports.txt 2>&1 || { cat var/imports.txt; exit 1; }
	@echo "imports: in order"

migrations: .venv/dev.stamp ## Migrations: none missing, one line per app
	@$(LOCALLY) PORTAL_VAR=var/check $(BIN)/python manage.py makemigrations --check --dry-run
	@echo "migrations: in order"

pins: .venv/dev.stamp ## Every dependency pinned, with hashes, as the locks say, none yanked
	@$(BIN)/python -m tests.architecture.pins

advisories: .venv/dev.stamp ## Known vulnerabilities of what is pinned
	@$(BIN)/python -m tests.architecture.advisories

deployed: .venv/dev.stamp ## Django's own deployment check, on production settings, for each side
	@for side in both office public; do $(DEPLOYED) PORTAL_SIDE=$$side $(BIN)/python manage.py check --deploy --fail-level WARNING >/dev/null || exit 1; done
	@echo "deployed: in order"

lock: .venv/dev.stamp ## Write the locks anew from requirements*.txt
	@$(LOCK) requirements.txt -o requirements.lock
	@$(LOCK) requirements-prod.txt -c requirements.lock -o requirements-prod.lock
	@$(LOCK) requirements-dev.txt -c requirements-prod.lock -o requirements-dev.lock

clean: ## Remove what make installed; var/ with the data stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# An environment that was made elsewhere, and moved or copied here with its folder, is made anew.
ifneq ($(filter-out $(realpath .venv),$(shell cat .venv/made.stamp 2>/dev/null)),)
.PHONY: .venv/made.stamp
endif

.venv/made.stamp:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and none was found: install one (Debian: apt-get install python3 python3-venv), then run make again."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) cannot make environments, as its venv or ensurepip is missing: install it (Debian: apt-get install python3-venv), then run make again."; exit 1; }
	@echo "Making an environment in .venv."
	@$(PYTHON) -m venv --clear .venv
	@mkdir -p var
	@cd .venv && pwd -P > made.stamp

.venv/run.stamp: requirements-prod.lock .venv/made.stamp
	@echo "Installing what the portal needs; this happens once."
	@$(PIP) -r requirements-prod.lock
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/made.stamp
	@echo "Installing what tests and checks need; this happens once."
	@$(PIP) -r requirements-dev.lock
	@touch $@ .venv/run.stamp
