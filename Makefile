# Two commands for a newcomer, `make demo` and `make test`; each sets itself up.
.PHONY: demo test bench soak mutants mutants-sample docs lint types floors clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# A stamp for each set of extras: installed anew when the project's own files change.
$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "rectiflow needs Python 3.11 or newer; set PYTHON=...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed-%: pyproject.toml hatch_build.py $(wildcard src/rectiflow/locale/*/LC_MESSAGES/*.po) | $(BIN)/python
	$(PIP) install --editable '.[$*]'
	@touch $@

demo: $(VENV)/.installed-cli
	$(BIN)/python examples/demo.py

test: $(VENV)/.installed-test
	$(BIN)/python -m pytest --numprocesses=2 --cov --cov-report=term

bench: $(VENV)/.installed-bench
	$(BIN)/python -m benchmarks

# The core's own tests, as mutmut has them and the rosters'; the others take minutes a saboteur.
CORE_TESTS := $(addprefix tests/test_,$(addsuffix .py,workdays deadlines traces stages \
	transition_table machine verdicts assignments history ledger misuse settling yuhui rosters))

# The long form of the property tests.
soak: $(VENV)/.installed-test
	HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest --numprocesses=2 tests --ignore=tests/test_museum.py
	HYPOTHESIS_PROFILE=mutants $(BIN)/python -m rectiflow sabotage $(CORE_TESTS) --jobs 2 --lang en
	PYTHONPATH=tests $(BIN)/python -m museum
	PYTHONPATH=tests $(BIN)/python -m simulation --bugs
	PYTHONPATH=tests $(BIN)/python -m simulation --seeds 100000

# Mutation testing of the core; writes its section of docs/explanation/proof.md.
mutants: $(VENV)/.installed-mutants
	$(BIN)/python .ci/mutants.py

mutants-sample: $(VENV)/.installed-mutants
	$(BIN)/python .ci/mutants.py --sample

lint: $(VENV)/.installed-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-lint
	$(BIN)/mypy

floors: $(VENV)/.installed-lint
	$(BIN)/lint-imports

docs: $(VENV)/.installed-docs
	$(BIN)/python -m sphinx -W --keep-going -q docs docs/_build

clean:
	rm -rf $(VENV) build dist docs/_build .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache mutants
