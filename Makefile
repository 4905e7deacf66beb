# Phối Hợp. Two commands do everything: `make demo` and `make test`.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
export PYTHONPATH := src:.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
DATA ?= var
FRONT := node_modules/.gathered
SHEET := src/phoihop/web/static/vendor/base.css
PRETTIER := node node_modules/prettier/bin/prettier.cjs
TEMPLATES := src/phoihop/web/templates src/phoihop/api/templates
FACE := "src/phoihop/web/static/css/**/*.css" "src/phoihop/web/static/js/**/*.js"
ENGLISH := src/phoihop/locale/en/LC_MESSAGES/django
# A start reads a thousand modules: compiled once, whatever the shell that calls make says. Images for containers often forbid it; then every process
# compiles everything anew (a worker of a test run 20 s instead of 9 before its first test, a command of the node 4 s instead of 3).
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/.run: requirements/run.txt
	@sh tools/needs.sh venv
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(PY) -m pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

$(FRONT): package-lock.json tools/gather.py $(wildcard tools/gather_*.py) $(VENV)/.run
	@sh tools/needs.sh node
	npm ci --silent --ignore-scripts
	$(PY) tools/gather.py
	@touch $@

$(SHEET): $(wildcard src/phoihop/web/static/css/*.css) | $(FRONT)
	@$(PY) tools/gather.py css

$(ENGLISH).mo: $(ENGLISH).po | $(VENV)/.run
	@$(PY) tools/translations.py compile

$(VENV)/.compiled: $(VENV)/.run
	@$(PY) -m compileall -q -j 0 src
	@touch $@

.PHONY: setup
setup: $(VENV)/.run $(VENV)/.compiled $(FRONT) $(SHEET) $(ENGLISH).mo ## install what a node needs, from lock files

.PHONY: demo
demo: setup ## a node with the demo province, ready in a browser
	@PHOIHOP_DATA=$(DATA)/demo PHOIHOP_LOG_FORMAT=text $(PY) -m phoihop demo

.PHONY: run
run: setup ## start the node in var/ (or where PHOIHOP_DATA points)
	@$(PY) -m phoihop up

.PHONY: dev
dev: setup $(VENV)/.dev ## what developers need on top
	@sh tools/needs.sh test

.PHONY: test
test: dev ## the whole suite, on SQLite and on PostgreSQL, with real browsers
	$(PY) tools/on_both.py $(PY) -m pytest -n 2 --dist worksteal $(ARGS)

.PHONY: check
check: dev ## lint, types, import contracts, migrations, generated docs, translations, gates
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(PRETTIER) --log-level warn --check $(FACE)
	$(VENV)/bin/djangofmt --check $(TEMPLATES)
	$(VENV)/bin/lint-imports
	$(VENV)/bin/mypy
	$(PY) tools/with_sqlite.py $(PY) manage.py makemigrations --check --dry-run
	$(PY) tools/with_sqlite.py $(PY) tools/reference.py check
	$(PY) tools/translations.py check
	$(PY) tools/with_sqlite.py $(PY) -m phoihop.kernel.gates
	$(PY) tools/with_sqlite.py $(PY) tools/api_check.py

.PHONY: format
format: dev ## lay out Python, templates, style sheets and scripts as make check wants them
	$(VENV)/bin/ruff format .
	$(PRETTIER) --log-level warn --write $(FACE)
	$(VENV)/bin/djangofmt $(TEMPLATES)

.PHONY: docs
docs: dev ## write docs/reference anew from the code
	$(PY) tools/with_sqlite.py $(PY) tools/reference.py write

.PHONY: bench
bench: dev ## measure; each figure beside a floor or a peer of the same run
	$(PY) -m bench $(ARGS)

.PHONY: lock
lock: $(VENV)/.dev ## resolve requirements/*.in anew (developers)
	$(PY) -m pip install --quiet uv
	cd requirements && for set in run dev; do ../$(VENV)/bin/uv pip compile --quiet --upgrade --python-version 3.11 --universal --generate-hashes --no-header --no-annotate $$set.in -o $$set.txt; done
