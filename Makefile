# make run: set everything up and serve.  make test: set everything up and pass the tests.
PYTHON ?= python3
BIN := .venv/bin
# A machine with Internet access gets the small CPU build of torch with:
#   make run TORCH_INDEX=https://download.pytorch.org/whl/cpu
TORCH_INDEX ?=
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
ifneq ($(TORCH_INDEX),)
PIP += --extra-index-url $(TORCH_INDEX)
endif

.PHONY: install run test test-fast lint bench evaluate clean
.DELETE_ON_ERROR:

install: .venv/installed
run: .venv/installed
	@$(BIN)/python app.py

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 ou plus récent est nécessaire.") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv

.venv/installed: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installation des dépendances (quelques minutes la première fois)…"
	$(PIP) --editable .
	@touch $@

.venv/installed-dev: .venv/installed
	$(PIP) --editable '.[dev]'
	@touch $@

# One process a core; the tests of a file share what they set up. Those with a browser come apart:
# Playwright leaves an event loop running, where asyncio.run is refused.
PARALLEL := --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
test: lint
	$(BIN)/python -m pytest $(PARALLEL) -m "not browser"
	$(BIN)/python -m pytest $(PARALLEL) -m browser

test-fast: .venv/installed-dev
	$(BIN)/python -m pytest $(PARALLEL) -m "not slow and not browser"

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/installed
	$(BIN)/python -m benchmarks.speed

evaluate: .venv/installed-dev
	$(BIN)/python -m benchmarks.quality
	$(BIN)/python -m benchmarks.readme

clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
