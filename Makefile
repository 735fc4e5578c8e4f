# Every target sets up what it needs. PORT= changes the port of `make serve`.
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE := var/site

.DELETE_ON_ERROR:
.PHONY: serve setup setup-dev test check fix golden bench soak lock browser wheels clean

serve: setup
	@$(BIN)/kbgen build --site-dir $(SITE)
	@echo "The help centre: http://127.0.0.1:$(PORT)/   (another port: make serve PORT=9000)"
	@echo "For writers, who see every change at once: $(BIN)/kbgen serve"
	@$(BIN)/ticket-form serve --port $(PORT) --site $(SITE)

setup: $(VENV)/.run

setup-dev: $(VENV)/.dev

test: setup-dev browser wheels
	@tests/run

check: setup-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/kbgen check
	$(BIN)/pytest -q -p no:randomly tests/test_docs.py

fix: setup-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: setup-dev
	GOLDEN=rewrite $(BIN)/pytest -q tests/kbgen/test_golden.py
	@git diff --stat -- tests/golden

bench: setup-dev
	$(BIN)/python -m benchmarks

soak: setup-dev browser
	SOAK=1 $(BIN)/pytest -q

lock: setup-dev
	$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --group build --output-file requirements/run.txt
	$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --group dev --constraint requirements/run.txt --output-file requirements/dev.txt

LOCK := pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; name it with make PYTHON=python3.12 …"; exit 1; }
	@echo "Setting up $(VENV) …"
	@$(PYTHON) -m venv $(VENV) || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements/run.txt pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# Chromium comes from the system. What cannot be installed is named, and told at the end of the tests.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing Chromium …"; \
	    (apt-get -qq update && apt-get -qq install --yes --no-install-recommends chromium) >var-chromium.log 2>&1; \
	    mkdir -p var && mv var-chromium.log var/chromium.log; true; \
	  else echo "Chromium is missing: sudo apt-get install chromium"; fi

# The test of a fresh clone sets itself up from these, so that no test uses the network.
wheels: var/wheels/.complete

var/wheels/.complete: requirements/run.txt | $(VENV)/.run
	@mkdir -p var/wheels
	@$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt --dest var/wheels
	@touch $@

clean:
	rm -rf $(VENV) var site
