# Everything a person needs, on a machine with Python 3.11 or newer and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What a run needs; and beside it what tests, checks and benchmarks need.
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev

export DO_NOT_TRACK := 1

.PHONY: run test scenarios scale faults mutants postgres engines engines-quick dialects load clients superset browser bench check sample site-assets dagster wheel lock clean
.DEFAULT_GOAL := run

# The locked versions, with their hashes, and then the project itself without looking anything up. What is not compiled
# while it is unpacked is compiled on all cores at once; a file for another version of Python, which some packages
# have, is no reason to stop.
INSTALL = -m pip install --quiet --disable-pip-version-check
COMPILE = -m compileall -q -j 0 $(VENV)/lib >/dev/null || true

$(INSTALLED): requirements.lock pyproject.toml
	@echo "Setting up $(VENV): about a minute, once."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python $(INSTALL) --no-compile --require-hashes -r requirements.lock
	$(BIN)/python $(INSTALL) --no-deps --no-build-isolation --editable .
	$(BIN)/python $(COMPILE)
	touch $@

$(INSTALLED_DEV): requirements-dev.lock $(INSTALLED)
	@echo "Adding to $(VENV) what tests and checks need: less than a minute, once."
	$(BIN)/python $(INSTALL) --require-hashes -r requirements-dev.lock
	touch $@

# The main job on the bundled raw metric seeds.
run: $(INSTALLED)
	$(BIN)/nof run

# In the order of the files: those that make releases come first, and the two workers end together.
test: $(INSTALLED_DEV)
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

# Whole runs beyond the one that `make test` makes: restated files, other frameworks, earlier quarters, Dagster, gates
# that refuse, an installed wheel, a kill at every step of what happens to a release.
scenarios: $(INSTALLED_DEV)
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder tests/scenarios

# Kills and other faults, all of them; a quick part is in `make test`. To be run before a version is given out. Fails where
# fewer hit than promised, a release is lost, or a wrong one is out.
# NOF_FAULTS_SEED chooses other random moments. The table at the end says what was tried and what became of it.
faults: $(INSTALLED_DEV)
	NOF_FAULTS_KILLS=300 NOF_FAULTS_KINDS=12 $(BIN)/python -m pytest --numprocesses 2 --dist worksteal \
		tests/faults/test_faults_*.py tests/faults/test_release_*.py tests/faults/whole \
		tests/scenarios/test_release_life_killed.py

# Every rule of the scoring changed, one at a time, in the queries and in the rows of the method: some test must notice.
# Needs the real files and half an hour or more. Prints a table, and each mutant that survives; WHAT="--of seeds" and
# WHAT="--only value_scores" look at a part.
WHAT ?=
mutants: $(INSTALLED_DEV)
	PYTHONPATH=.:tests:tests/unit $(BIN)/python -m mutants $(WHAT)

# Beside a PostgreSQL server of its own: Debian's, installed where it is missing, and taken away again.
postgres: $(INSTALLED_DEV)
	tests/postgres/with-server $(BIN)/python -m pytest tests/postgres

# Readers at work for the time of twenty releases in a row, over the files and over PostgreSQL.
load: $(INSTALLED_DEV)
	tests/postgres/with-server $(BIN)/python -m pytest tests/load

# The same figures from every engine: the bundled nation and the real files on PostgreSQL and on Spark, every cell and every
# byte of the release compared with DuckDB's. The engines' packages are in an environment of their own.
ENGINES ?= .venv-engines
ON_ENGINES = tests/install-tools java && tests/postgres/with-server $(ENGINES)/bin/python -m pytest tests/engines

engines: $(ENGINES)/.installed
	$(ON_ENGINES)

# Minutes instead: a release of the bundled nation from PostgreSQL, its scored rooms on Spark, a broken row on each.
engines-quick: $(ENGINES)/.installed
	$(ON_ENGINES) -m quick

$(ENGINES)/.installed: tests/engines/environments/engines.lock pyproject.toml
	$(PYTHON) -m venv $(ENGINES)
	$(ENGINES)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	$(ENGINES)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# An offline check of dialects, and not a run: all SQL of staging, measures and scoring as Snowflake and Databricks
# would be given it is parsed in their dialects, and the functions in it are on a list of what their makers document.
dialects: $(INSTALLED_DEV)
	$(BIN)/python -m pytest tests/dialects

# What it all costs, on this machine and on each engine; the results and the page are to be committed. No test looks at
# a time.
bench: $(ENGINES)/.installed
	tests/install-tools java
	tests/postgres/with-server $(ENGINES)/bin/python -m benchmarks
	$(ENGINES)/bin/python -m benchmarks.page

# 100 million invented records to metric values, every one known by hand, and a tenth of them on Spark; in the environment
# of `make engines`. Takes 6 GB of disk and up to half an hour. NOF_SCALE_MONTHS=6 tries the tests themselves.
scale: $(ENGINES)/.installed
	tests/install-tools java
	$(ENGINES)/bin/python -m pytest tests/scale

check: $(INSTALLED_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --disable-progress-bar --processes 2 models macros tests/dbt
	$(BIN)/mypy

# The seeds of the invented nation, made anew by their seeded script.
sample: $(INSTALLED)
	$(BIN)/python -m nof.sample

# The same steps as Dagster assets, on http://127.0.0.1:3000; its history stays in .dagster/.
dagster: $(INSTALLED)
	mkdir -p .dagster && cp orchestration/dagster.yaml .dagster/dagster.yaml
	DAGSTER_HOME="$(CURDIR)/.dagster" DAGSTER_DISABLE_TELEMETRY=1 \
		$(BIN)/dagster dev -m nof.definitions -h 127.0.0.1 -p 3000

# The guides of docs/guides, run as written, and older clients, each in an environment of its own. NOF_RELEASE may name
# a release of the bundled nation; without it one is made first. Superset wants Python 3.11 or 3.12.
CLIENTS ?= .venv-clients
SUPERSET ?= .venv-superset
ENVIRONMENTS := tests/clients/environments

clients: $(INSTALLED_DEV) $(CLIENTS)/.installed
	tests/install-tools node npm Rscript soffice
	NOF_CLIENTS=$(CLIENTS) $(BIN)/python -m pytest tests/clients --ignore tests/clients/test_superset.py

superset: $(INSTALLED_DEV) $(SUPERSET)/.installed
	tests/install-tools curl
	NOF_SUPERSET=$(SUPERSET) $(BIN)/python -m pytest tests/clients/test_superset.py

$(CLIENTS)/.installed: $(ENVIRONMENTS)/clients.lock
	$(PYTHON) -m venv $(CLIENTS)
	$(CLIENTS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

$(SUPERSET)/.installed: $(ENVIRONMENTS)/superset.lock
	$(PYTHON) -m venv $(SUPERSET)
	$(SUPERSET)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

# The site in a real browser, on the releases that NOF_BUNDLED_RELEASE and NOF_REAL_RELEASE name, or made first.
browser: $(INSTALLED_DEV) site/node_modules/.installed
	tests/install-tools chromium
	npm --prefix site run --silent check
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile tests/browser

# What the site needs of NHS.UK frontend and of site/scripts, made anew in site/assets: to be committed.
site-assets: site/node_modules/.installed
	npm --prefix site run --silent build

site/node_modules/.installed: site/package-lock.json
	tests/install-tools node npm
	npm --prefix site ci --silent --no-audit --no-fund
	touch $@

# The package with all that it reads, its sdist, and the lock to install beside them; see README. The same commit gives the
# same bytes of the wheel.
wheel: $(INSTALLED)
	rm -rf dist orchestration/nof.egg-info
	$(BIN)/python -c "from setuptools import build_meta; build_meta.build_sdist('dist')" >/dev/null
	SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct)} $(BIN)/python -m pip wheel --quiet \
		--disable-pip-version-check --no-deps --no-index --no-build-isolation --wheel-dir dist dist/*.tar.gz
	cp requirements.lock dist/
	ls -l dist

# Needs uv (https://docs.astral.sh/uv/). No annotations and no header: a lock carries versions and hashes only.
lock:
	uv pip compile --quiet --universal --generate-hashes --no-annotate --no-strip-extras --no-header \
		--python-version 3.11 pyproject.toml --group dev --output-file requirements-dev.lock
	# What a run needs, at the same versions.
	uv pip compile --quiet --universal --generate-hashes --no-annotate --no-strip-extras --no-header \
		--python-version 3.11 pyproject.toml --group install --constraint requirements-dev.lock \
		--output-file requirements.lock
	# The project with its engines, at the same versions as without them.
	uv pip compile --quiet --universal --generate-hashes --no-annotate --no-strip-extras --no-header \
		--python-version 3.11 pyproject.toml --group dev --extra postgres-engine --extra spark \
		--constraint requirements-dev.lock --output-file tests/engines/environments/engines.lock
	for environment in clients superset; do \
		uv pip compile --quiet --universal --generate-hashes --no-annotate --no-strip-extras --no-header \
			--python-version 3.11 $(ENVIRONMENTS)/$$environment.in \
			--output-file $(ENVIRONMENTS)/$$environment.lock || exit 1; \
	done

clean:
	rm -rf $(VENV) dist build $(CLIENTS) $(SUPERSET) $(ENGINES) site/node_modules target logs .pytest_cache .mypy_cache .ruff_cache .hypothesis
