# Rapport needs Python 3.11 or newer, and make.
PYTHON ?= $(firstword $(foreach name,python3.14 python3.13 python3.12 python3.11 python3,$(shell command -v $(name))))
BIN := .venv/bin
PROCESSES ?= 2

.PHONY: demo test install clean
.DEFAULT_GOAL := demo

demo: install  ## A day at a sample clinic, played against a Slack on this machine
	@$(BIN)/rapport demo

test: .venv/test  ## Lint, types, import rules, and every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -n $(PROCESSES)

install: .venv/installed  ## Everything that `rapport` needs, in .venv

.venv/installed: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python is missing. Run: sudo apt-get install -y python3 python3-venv   (macOS: brew install python)"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Rapport needs Python 3.11 or newer; this is $$($(PYTHON) --version). Run: sudo apt-get install -y python3.11 python3.11-venv   (macOS: brew install python)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv is missing. Run: sudo apt-get install -y python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[practice]'
	@touch $@

.venv/test: .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[practice,test]'
	@touch $@

clean:
	rm -rf .venv build ./*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
