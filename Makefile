# run: Rapport on http://localhost:8000 · test: everything that must hold · the rest is for those who build

PYTHON ?= python3
export RAPPORT_HOME ?= $(CURDIR)/.rapport

.DEFAULT_GOAL := run
.PHONY: run demo setup test check accept messages faults prove bench clean

run demo: setup
	@exec .venv/bin/rapport up

setup: .venv/.set-up

.venv/.set-up: requirements.lock pyproject.toml scripts/tools.lock scripts/setup.py scripts/loading.py
	@$(PYTHON) scripts/setup.py

check: setup
	@.venv/bin/python -m scripts.check

test: setup
	@.venv/bin/python -m scripts.check --tests

# The same with the shared corpora, and without a single skip.
accept: setup
	@RAPPORT_ACCEPT=1 .venv/bin/python -m scripts.check --tests

# The catalogue of all sentences, for translators; run it when a sentence changed.
messages: setup
	@.venv/bin/python -m scripts.messages

# Every stop of every scenario, upgrades stopped at each statement, full disks, jumping clocks, and two hundred kills of
# web, worker and database. Hours; seeds and moments are printed. A random share of it is in `make test`.
faults: setup
	@RAPPORT_FAULTS=all RAPPORT_KILLS=200 .venv/bin/python -m pytest -s tests/faults tests/upgrades

# Coverage and mutants of the areas where a fault costs most (docs/build/proving.md). Under an hour; the seed is printed.
prove: setup
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r scripts/prove.lock
	@.venv/bin/python -m tests.proving

bench: setup
	@.venv/bin/python -m benchmarks

# What can be made again. Your data in $(RAPPORT_HOME) stays.
clean:
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
