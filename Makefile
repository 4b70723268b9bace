# Two commands do everything: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FOLDER ?= demo
SERVE ?= 1
PORT ?= 8000
# Processes that share the tests; 0: all in one, one after the other.
WORKERS ?= 2
# What `make bench` runs, and the public sets that the bench of themes reads.
BENCHES ?= tables reading stakes matchups value pipeline imports pages
DATA ?= ../shared/data

.PHONY: help install demo serve test lint bench chromium clean

help:
	@echo "make demo    install, load the sample company, run everything, serve the pages (SERVE=0: all but serve)"
	@echo "make test    install, lint, and run every test in two processes (WORKERS=0: in one)"
	@echo "make serve   serve the workspace in FOLDER (default: demo)"
	@echo "make lint    ruff, mypy and the import contracts"
	@echo "make bench   the speed and quality tables"

# Installed anew only when the pins or the project's own file change.
$(VENV)/installed: constraints.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| (echo "Winward needs Python 3.11 or newer; name one with make PYTHON=python3.12" && exit 1)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
		|| (echo "Python's venv is missing; on Debian and Ubuntu: apt-get install python3-venv" && exit 1)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.'
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

install: $(VENV)/installed

demo: install
	$(BIN)/winward demo $(FOLDER) --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve)

serve: install
	$(BIN)/winward --workspace $(FOLDER) serve --port $(PORT)

# The browser tests need a Chromium. As root on Debian or Ubuntu it is installed; elsewhere name yours in CHROMIUM.
chromium:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || test -n "$$CHROMIUM" \
		|| (test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
			&& apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium >/dev/null) \
		|| $(BIN)/python -m playwright install chromium \
		|| echo "No Chromium: the browser tests will be skipped. Install one, or name it in CHROMIUM."

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(VENV)/installed-dev chromium lint
	$(BIN)/python -m pytest --numprocesses $(WORKERS)

bench: $(VENV)/installed-dev
	@for name in $(BENCHES); do echo "== $$name"; $(BIN)/python -m bench.$$name || exit 1; done
	@test ! -d $(DATA)/feedback && echo "No public sets in $(DATA), so no table of themes; name their folder in DATA." \
		|| { echo "== themes"; $(BIN)/python -m bench.themes $(DATA); }

clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis
