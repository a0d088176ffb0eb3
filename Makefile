# Needs Python 3.11 or newer with pip, and make. `make help` lists the commands.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
CODE := app.py assistant evals index page tests

# The virtual environment carries no pip of its own: Python's `venv` can then make it where ensurepip is missing.
INSTALL = $(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check install --quiet --no-deps --require-hashes

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help app test evals lint bench pictures first-words lock clean check-port

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

app: check-port $(VENV)/app.stamp ## serve the page on this machine (another port: make app PORT=8502)
	@$(BIN)/python -m index build
	@echo "Open http://localhost:$(PORT) in a browser. Ctrl+C stops the server."
	@INSPECTION_PAGE_EDIT=$${INSPECTION_PAGE_EDIT:-1} INSPECTION_PAGE_EVALUATE=$${INSPECTION_PAGE_EVALUATE:-1} \
		exec $(BIN)/python -m streamlit run app.py --server.port $(PORT)

test: $(VENV)/dev.stamp ## run the whole test suite
	@$(BIN)/python -m pytest -rs --numprocesses 2 --dist loadfile

evals: $(VENV)/app.stamp ## ask the fixed questions, score the answers, and hold them against floors and baseline
	@$(BIN)/python -m index build --source seeds --store .store/evals
	@$(BIN)/python -m evals run --store .store/evals
	@mkdir -p test-results
	@$(BIN)/python -m evals gate --markdown test-results/evals.md --junit test-results/evals.xml

lint: $(VENV)/dev.stamp ## check style and types
	@$(BIN)/python -m ruff check $(CODE)
	@$(BIN)/python -m ruff format --check $(CODE)
	@$(BIN)/python -m mypy --strict $(CODE)

bench: $(VENV)/app.stamp ## measure speed and memory against the floor of the same machine
	@$(BIN)/python -m evals.bench

pictures: $(VENV)/dev.stamp ## draw the pictures of the README again (needs a Chromium)
	@$(BIN)/python tests/pictures.py

first-words: $(VENV)/dev.stamp ## measure the time to an answer's first words, and what a language model adds
	@PYTHONPATH=. $(BIN)/python tests/first_words.py

lock: ## pin every dependency again, with hashes (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: $(PYTHON) -m pip install uv" >&2; exit 1; }
	uv pip compile pyproject.toml $(LOCK) --output-file requirements.txt
	uv pip compile pyproject.toml --extra dev --constraints requirements.txt $(LOCK) --output-file requirements-dev.txt

LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

clean: ## remove the environment, caches and test results; the index in .store stays
	rm -rf $(VENV) build dist *.egg-info test-results .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/app.stamp: requirements.txt
$(VENV)/dev.stamp: requirements-dev.txt

$(VENV)/%.stamp:
	$(NEED_PYTHON)
	@"$(PYTHON)" -m pip --version >/dev/null 2>&1 || { echo "pip is needed and $(PYTHON) has none: install pip for it." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv --without-pip $(VENV)
	@echo "Installing the packages of $< into $(VENV): about 90 seconds and 1.2 GB the first time."
	@$(INSTALL) -r $<
	@touch $@

define NEED_PYTHON
	@command -v "$(PYTHON)" >/dev/null || { echo "Python 3.11 or newer is needed and was not found. Install it, or name it: make app PYTHON=/path/to/python" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; v = sys.version_info; v < (3, 11) and sys.exit(f"Python 3.11 or newer is needed; $(PYTHON) is {v.major}.{v.minor}.")'
endef

check-port:
	$(NEED_PYTHON)
	@$(PYTHON) -c "$$FREE_PORT"

define FREE_PORT
import socket, sys
port = "$(PORT)"
if not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65535:
    sys.exit(f"PORT must be a number from 1 to 65535, not {port!r}: make app PORT=8502")
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", int(port)))
    except OSError as problem:
        sys.exit(f"Port {port} cannot be used ({problem.strerror}). Choose another: make app PORT=8502")
endef
export FREE_PORT
