# Everything that a newcomer, a developer and CI call. On Windows see the README: the same steps without make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed

N ?= 300

.PHONY: demo run test test-slow crash bench lint sample clean

demo: $(INSTALLED)
	@$(BIN)/ucj run --raw raw/sample --warehouse warehouse/sample || test $$? -eq 1

run: $(INSTALLED)
	@$(BIN)/ucj run --raw raw --warehouse warehouse

test: $(INSTALLED)-test
	$(BIN)/python -m pytest -n 2 --dist loadgroup

test-slow: $(INSTALLED)-test
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m slow

crash: $(INSTALLED)-test  # kills the run N times at random moments
	UCJ_CRASHES=$(N) $(BIN)/python -m pytest -m slow tests/job/test_crash.py

bench: $(INSTALLED)-test
	$(BIN)/python -m tests.benchmarks.bench
	$(BIN)/python -m tests.benchmarks.recipients

lint: $(INSTALLED)-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

sample: $(INSTALLED)-test
	$(BIN)/python raw/sample/make_sample.py

clean:
	rm -rf $(VENV) warehouse/sample

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(INSTALLED)-test: $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

$(INSTALLED)-lint: $(INSTALLED)-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,lint]'
	@touch $@
