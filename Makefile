# The first Python that is new enough; a name that stands for none, as pyenv leaves, is passed over.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
    $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
PROCESSES ?= 3

.PHONY: demo test soak fuzz install screenshots measure bench clean
.DEFAULT_GOAL := demo

demo: install  ## A sample clinic in the browser: the real bot, a Slack on this machine
	@$(BIN)/rapport demo

test: .venv/test  ## Lint, types, import rules, and every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -n $(PROCESSES) -rs

fuzz: .venv/test  ## 20,000 texts that almost make sense, in commands and over the wire (ten minutes)
	FUZZ_TEXTS=10000 $(BIN)/pytest -n $(PROCESSES) tests/commands/test_any_text.py tests/end_to_end/test_fuzz.py

install: .venv/installed  ## Everything that `rapport` needs, in .venv

.venv/installed: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Rapport needs Python 3.11 or newer. Run: sudo apt-get install -y python3 python3-venv   (macOS: brew install python)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv is missing. Run: sudo apt-get install -y python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[practice]'
	@touch $@

.venv/test: .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[practice,test]'
	@touch $@

soak: .venv/test  ## Every way to die, at full size (ten minutes)
	$(BIN)/pytest tests/end_to_end/dying --full --timeout 1800 -s -p no:randomly

screenshots: .venv/test  ## Take the pictures of the README anew (needs Chromium)
	$(BIN)/python -m tests.practice.page.screenshots docs

measure: .venv/test  ## How fast the page starts and answers (needs Chromium)
	$(BIN)/python -m tests.practice.page.measure

bench: .venv/bench  ## Measure beside the others; ROWS=10000 for one size, ONLY=engine,idle for some of it
	$(BIN)/python -m tests.bench $(if $(ROWS),--rows $(ROWS)) $(if $(ONLY),--only $(ONLY))

.venv/bench: .venv/test
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[practice,test,bench]'
	@touch $@

clean:
	rm -rf .venv build ./*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
