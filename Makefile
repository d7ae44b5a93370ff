.DEFAULT_GOAL := help
.PHONY: help run test check bench demo clean
PYTHON_FILES := papertrail tests bench

help:  ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: .venv/.ready  ## start papertrail in this folder (installs it into .venv on first use)
	@.venv/bin/papertrail

test: .venv/.ready-test  ## run every test (installs what is missing on first use)
	@.venv/bin/python -m pytest

check: .venv/.ready-dev  ## format, lint, types and tests: the whole gate
	@.venv/bin/ruff format --check $(PYTHON_FILES)
	@.venv/bin/ruff check $(PYTHON_FILES)
	@.venv/bin/mypy
	@.venv/bin/python -m pytest

bench: .venv/.ready-test  ## measure start-up and daily commands against their floors, as ratios (JSON=FILE)
	@.venv/bin/python -m bench $(if $(JSON),--json $(JSON))

demo: .venv/.ready-test  ## draw the pictures of the README again
	@.venv/bin/python -m bench.screenshots docs/images

clean:  ## remove what make has made; notes and trails are never touched
	@rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find $(PYTHON_FILES) -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.ready: pyproject.toml constraints.txt scripts/environment.sh
	@scripts/environment.sh
	@touch $@

.venv/.ready-test: pyproject.toml constraints.txt scripts/environment.sh
	@scripts/environment.sh test
	@touch .venv/.ready $@

.venv/.ready-dev: pyproject.toml constraints.txt scripts/environment.sh
	@scripts/environment.sh test,dev
	@touch .venv/.ready .venv/.ready-test $@
