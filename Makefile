# Two commands: `make run` does the main job, `make test` passes the tests. Both set up what they need.
#   make run org.people=people.csv study.replicates=40
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
STAMP = $(VENV)/.installed
CORES = --numprocesses auto --maxprocesses 4 --dist loadfile
OVERRIDES = $(filter-out PYTHON=% VENV=%,$(MAKEOVERRIDES))

.PHONY: run lessons notebooks test test-all baselines docs bench lint clean

run: $(STAMP)
	@$(BIN)/python -m experiments.cap $(OVERRIDES)

# The lessons, in JupyterLab in the browser of this machine; Ctrl-C ends it.
lessons: $(STAMP)
	@$(BIN)/elbowroom warm
	@cd notebooks && JUPYTER_PREFER_ENV_PATH=1 JUPYTER_CONFIG_PATH=.jupyter $(abspath $(BIN))/jupyter lab

# What the lessons show, run anew and written into them.
notebooks: $(STAMP)
	@$(BIN)/elbowroom warm
	@$(BIN)/python -m experiments.notebooks

test: $(STAMP) lint
	@$(BIN)/elbowroom warm
	@$(BIN)/python -m pytest $(CORES) -m "not long"

test-all: $(STAMP) lint
	@$(BIN)/elbowroom warm
	@ELBOWROOM_ALL=1 $(BIN)/python -m pytest $(CORES)

baselines: $(STAMP)
	@ELBOWROOM_BASELINES=1 $(BIN)/python -m pytest tests/test_baselines.py tests/test_careers.py -k "baseline or page or what_it_was"

docs: $(STAMP)
	@$(BIN)/python -m sim.reporting.pages

bench: $(STAMP)
	@$(BIN)/elbowroom warm
	@$(BIN)/python -m benchmarks

lint: $(STAMP)
	@$(BIN)/ruff check . && $(BIN)/mypy

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The environment is made anew when what it rests on has changed, and only then.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "elbowroom needs Python 3.11 or newer, and this is " + sys.version.split()[0] + ": make PYTHON=python3.12 ...")'
	@echo "Setting up $(VENV) (once; a minute or two) ..."
	@rm -rf $(VENV)
	@env -u VIRTUAL_ENV -u PYTHONPATH $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 -c constraints.txt -e ".[test]"
	@touch $@
