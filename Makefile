# Everything a person needs, on a machine with Python 3.11 or newer and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

export DO_NOT_TRACK := 1

.PHONY: run test check sample dagster lock clean
.DEFAULT_GOAL := run

# The locked versions, with their hashes, and then the project itself without looking anything up.
$(INSTALLED): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(INSTALLED)

# The main job on the bundled raw metric seeds.
run: $(INSTALLED)
	$(BIN)/nof run

# In the order of the files: those that make releases come first, and the two workers end together.
test: $(INSTALLED)
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

check: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --disable-progress-bar models macros tests/dbt
	$(BIN)/mypy

# The seeds of the invented nation, made anew by their seeded script.
sample: $(INSTALLED)
	$(BIN)/python -m nof.sample

# The same steps as Dagster assets, on http://127.0.0.1:3000; its history stays in .dagster/.
dagster: $(INSTALLED)
	mkdir -p .dagster && cp orchestration/dagster.yaml .dagster/dagster.yaml
	DAGSTER_HOME="$(CURDIR)/.dagster" DAGSTER_DISABLE_TELEMETRY=1 \
		$(BIN)/dagster dev -m nof.definitions -h 127.0.0.1 -p 3000

# Needs uv (https://docs.astral.sh/uv/). No annotations and no header: the lock carries versions and hashes only.
lock:
	uv pip compile --quiet --universal --generate-hashes --no-annotate --no-strip-extras --no-header \
		--python-version 3.11 pyproject.toml --group dev --output-file requirements.lock

clean:
	rm -rf $(VENV) target logs .pytest_cache .mypy_cache .ruff_cache .hypothesis
