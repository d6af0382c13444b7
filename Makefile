# Everything that is done with this repository. `make` alone lists it.
#
# Set-up leaves a stamp in .venv, so that it runs again only when a lock or pyproject.toml has changed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

# Material for MkDocs prints a banner about the end of MkDocs 1.x on every build; README.md says it once.
export NO_MKDOCS_2_WARNING := 1

# Images of containers often keep Python from storing what it has compiled: the tests start it a hundred times.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: site
site: $(VENV)/site.stamp  ## check the data and build the site into site/
	@$(BIN)/playbook build
	@printf '%s\n' '' 'The site is in $(CURDIR)/site.' \
		'To look at it: make serve, then open http://127.0.0.1:8000/' \
		'To publish it: put that folder on any web server.'

.PHONY: serve
serve: $(VENV)/site.stamp  ## show the site on http://127.0.0.1:8000/ and reload it as you edit
	@$(BIN)/playbook serve

GUARDED := generator.source generator.exchange.sheets generator.markdown

# Three processes on two cores: one of them waits for a browser, most of the time.
.PHONY: test
test: $(VENV)/test.stamp  ## run every test, with a browser
	@tests/browser/ensure-programs
	$(BIN)/python -m pytest -n 3 --dist worksteal $(GUARDED:%=--cov=%) --cov-report=
	@echo 'What stands between data and page has every line and branch tested:'
	$(BIN)/python -m coverage report --fail-under=100

# Without the plugins for a browser, which have their say in every test.
.PHONY: quick
quick: $(VENV)/test.stamp  ## run the tests that a change needs: no browser, no built sites, few processes, few examples
	$(BIN)/python -m pytest -p no:playwright -p no:base_url -n 2 --dist worksteal --hypothesis-profile quick -m 'not browser and not site and not long'

.PHONY: coverage
coverage: $(VENV)/test.stamp  ## say which lines of the program are passed by no test of their own
	$(BIN)/python -m pytest -n 2 --dist worksteal -m 'not browser and not site and not long' --cov --cov-report=
	$(BIN)/python -m coverage report

.PHONY: examples
examples: $(VENV)/test.stamp  ## try what holds for any data with thousands of examples: an hour
	$(BIN)/python -m pytest -n 2 --dist worksteal --hypothesis-profile long -m 'not browser and not site'

MINUTES ?= 10

.PHONY: fuzz
fuzz: $(VENV)/test.stamp  ## look for input that crashes a command, for ten minutes or MINUTES=60
	$(BIN)/python -m tests.fuzz $(MINUTES)

# Node alone can check the scripts of the site; without it, everything else is checked.
NODE := $(and $(shell command -v node 2>/dev/null),$(shell command -v npm 2>/dev/null))

EVERY ?= 1

.PHONY: mutants
mutants: $(VENV)/mutants.stamp  ## see that tests mind faults put into the code; of one room: ROOM=sinks, of a tenth of it: EVERY=10
	$(VENV)/mutants/bin/python -m tests.mutants $(EVERY) $(ROOM)

SIZES ?=

.PHONY: bench
bench: $(VENV)/bench.stamp  ## say what check and build cost, beside other engines; for so many partners: SIZES="300 1000"
	@$(VENV)/bench/bin/python -m bench.run $(SIZES)

BASE ?= HEAD^1

.PHONY: compare
compare: $(VENV)/bench.stamp  ## see that check and build cost no more than at the last commit, or at BASE=main
	@$(VENV)/bench/bin/python -m bench.compare '$(BASE)'

.PHONY: check
check: $(VENV)/test.stamp $(if $(NODE),node_modules/made.stamp)  ## check style, types, scripts and that the schemas are fresh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/playbook schemas --check
ifneq ($(NODE),)
	npm run --silent check
else
	@echo 'Not checked: the scripts in generator/kit/, since that needs Node.js with npm.'
endif

.PHONY: screenshots
screenshots: $(VENV)/test.stamp  ## picture the main pages, light, dark and on a phone, in screenshots/
	@tests/browser/ensure-programs
	$(BIN)/python -m tests.browser.screenshots

.PHONY: lock
lock:  ## take up newer versions of what we depend on (needs uv)
	@command -v uv >/dev/null || { echo 'make lock needs uv: https://docs.astral.sh/uv/' >&2; exit 1; }
	@for name in site test bench mutants; do \
		(cd requirements && uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
			--no-strip-extras --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
			$$name.in --output-file $$name.txt) || exit 1; \
	done

.PHONY: wheel
wheel: $(VENV)/test.stamp  ## build the package into dist/, and try it in an empty environment
	rm -rf dist build
	$(BIN)/python -m build --no-isolation --outdir dist
	requirements/try-wheel $(PYTHON) dist/*.whl

.PHONY: clean
clean:  ## remove everything that make made
	rm -rf $(VENV) node_modules site .playbook-* screenshots mutants bench/figures.json build dist *.egg-info .coverage .coverage.* test-results \
		.hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.DEFAULT:
	@echo 'There is nothing to make that is called "$@". The commands are:' >&2
	@$(MAKE) --no-print-directory help >&2
	@exit 2

# Debian and Ubuntu ship Python without what makes a virtual environment; its own message is easily misread.
$(VENV)/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo 'Python 3.11 or newer is needed, and "$(PYTHON)" is not that. Name another one: make PYTHON=python3.12 site' >&2; \
		exit 1; }
	@PYTHON='$(PYTHON)' requirements/ensure-venv
	@echo 'Making a virtual environment in $(VENV)'
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

# The lock brings hatchling, so that our own package is built with nothing fetched past the hashes.
$(VENV)/site.stamp: $(VENV)/made.stamp requirements/site.txt pyproject.toml
	@echo 'Installing what the site needs'
	@requirements/install $(BIN)/python requirements/site.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/site.stamp requirements/test.txt
	@echo 'Installing what the tests need'
	@requirements/install $(BIN)/python requirements/test.txt
	@touch $@

# An environment of its own, since the mutation tester asks for a newer click than the live reload of the site bears.
$(VENV)/mutants.stamp: $(VENV)/made.stamp requirements/test.txt requirements/mutants.txt
	@echo 'Installing what the mutation tester needs'
	@$(PYTHON) -m venv --clear $(VENV)/mutants
	@requirements/install $(VENV)/mutants/bin/python requirements/test.txt
	@requirements/install $(VENV)/mutants/bin/python requirements/mutants.txt
	@touch $@

# An environment of its own, with what the program needs and no more.
$(VENV)/bench.stamp: $(VENV)/made.stamp requirements/bench.txt pyproject.toml
	@echo 'Installing what the benchmarks need' >&2
	@$(PYTHON) -m venv --clear $(VENV)/bench
	@requirements/install $(VENV)/bench/bin/python requirements/bench.txt
	@$(VENV)/bench/bin/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# What is installed runs nothing meanwhile. Npm tells its reasons in a screenful, for whoever asks.
node_modules/made.stamp: package.json package-lock.json
	@echo 'Installing what checks the scripts'
	@npm ci --ignore-scripts --engine-strict --no-audit --no-fund --silent || { \
		echo 'The scripts cannot be checked: npm could not install what package-lock.json names. It needs the npm registry' \
			'and a Node.js as package.json says; run "npm ci" to see what is wrong.' >&2; \
		exit 1; }
	@touch $@
