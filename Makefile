# Si-Caker. `make` shows what there is.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
MINUTES ?= 10
PY := $(VENV)/bin/python
LOCAL := $(PY) -m deploy.local
.DEFAULT_GOAL := help
.PHONY: help setup run stop test test-promises chaos sabotage lint contracts letters demo demo-vacancies demo-notify demo-people import officer province redrive reconcile bench bench-notify bench-search lock clean

help: ## show this
	@echo 'Si-Caker: everything on one computer. Needs Python 3.11+; for Kafka Java 17+ and Maven, or Docker.'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.ready ## install the locked packages into .venv (the other targets do it themselves)
	@:

$(VENV)/.ready: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11")'
	@echo 'Installing the locked packages into $(VENV) (once)'
	@if uv --version >/dev/null 2>&1; then \
	  { test -x $(PY) || uv venv -q --python $(PYTHON) $(VENV); } && uv pip install -q --python $(PY) --require-hashes -r requirements.lock; \
	else \
	  $(PYTHON) -m venv $(VENV) && $(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock; \
	fi
	@touch $@

run: setup ## start the whole system; SCALE="application-worker=3" runs more of a process, BASE_PORT=9080 moves it
	@$(LOCAL) run

stop: setup ## stop it from elsewhere (Ctrl-C does in its own window)
	@$(LOCAL) stop

test: lint ## lint, types, imports, then every test on real servers
	@$(PY) -m pytest -n 2 --dist worksteal

test-promises: setup ## the faults on real processes that take longer
	@$(PY) -m pytest -n 2 --dist worksteal -m promises tests/promises

sabotage: setup ## plant small bugs in a copy: does a test catch each? ONE="part of a name" for some
	@$(PY) -m tests.promises.sabotage $(ONE)

chaos: setup ## kill anything every few seconds under load, on three brokers; MINUTES=10
	@MINUTES=$(MINUTES) $(PY) -m pytest -m chaos tests/promises

lint: setup ## ruff, mypy, import-linter
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports

contracts: setup ## write schemas, samples, AsyncAPI and OpenAPI anew
	@$(PY) -m tests.contracts.generate

letters: setup ## write anew what the tests keep of the messages' texts
	@$(PY) -m services.notifier.tests.golden

demo: setup ## the whole journey against the running system, step by step
	@$(PY) -m tests.journeys.demo

demo-notify: setup ## messages over providers that stall, refuse, lie and recover, with their states
	@$(PY) -m tests.journeys.notify

demo-vacancies: setup ## the life of a vacancy until it is recalled, and the exchange with the province
	@$(PY) -m tests.journeys.demo vacancies

province: setup ## play the province: make province DO="send 3" (or records, follow, receipts, ask, check --heal)
	@$(LOCAL) exec vacancy -- python -m deploy.province $(DO)

demo-people: setup ## a person hired, a card (AK-1) reported on by SMS, a workshop that fills, an erasure
	@$(PY) -m tests.journeys.demo people

import: setup ## bring in vacancies: make import FILE=vacancies.jsonl.gz
	@test -n "$(FILE)" || { echo 'which file? make import FILE=vacancies.jsonl.gz'; exit 2; }
	@$(LOCAL) exec vacancy -- python -m services.vacancy.importing "$(FILE)"

# The password stays in the environment: an argument can be read by everybody on the computer.
officer: export CAKER_OFFICER_PASSWORD := $(PASSWORD)
officer: setup ## make an officer's account: make officer EMAIL=... PASSWORD=...; ROLE=cadre for a kader
	@test -n "$(EMAIL)" -a -n "$(PASSWORD)" || { echo 'make officer EMAIL=petugas@example.go.id PASSWORD=...'; exit 2; }
	@$(LOCAL) exec identity -- python -m services.identity.officer "$(EMAIL)" --role "$(or $(ROLE),officer)"

redrive: setup ## send a group's dead letters through again: make redrive GROUP=notifier
	@test -n "$(GROUP)" || { echo 'which group? make redrive GROUP=notifier'; exit 2; }
	@$(LOCAL) exec "$(if $(filter province,$(GROUP)),vacancy,$(GROUP))" -- python -m shared.redrive "$(GROUP)"

reconcile: setup ## compare what was accepted, published and told; METRICS=file also writes it for Prometheus
	@$(LOCAL) exec notifier -- python -m deploy.reconcile $(METRICS)

bench: setup ## measure the promised times
	@$(PY) -m bench

bench-notify: setup ## messages by themselves: event to provider, codes beside 100,000, memory, e-mail and SMPP against bare clients
	@$(PY) -m bench telling codes crowd sender smpp

bench-search: setup ## how well and how fast the search answers, by itself and at the API with 200,000 vacancies (about four minutes)
	@$(PY) -m bench relevance searchspeed searchapi

lock: ## choose versions anew after a change of pyproject.toml (needs uv)
	@uv pip compile -q --upgrade --generate-hashes --all-extras --group local --group dev --no-emit-index-url \
	  --python-version 3.11 pyproject.toml -o requirements.lock

clean: ## remove the system's data (.local); downloads, builds and .venv stay
	@test ! -x $(PY) || $(LOCAL) stop >/dev/null
	@rm -rf .local .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
