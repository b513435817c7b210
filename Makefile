# `make review` and `make test` are all the set-up there is. Everything lives in .venv.
.DEFAULT_GOAL := help
.PHONY: review desk build export print test test-lowest lint audit lock docs pictures bench bench-start bench-plan bench-placement torture fuzz mutants help clean
MAKEFLAGS += --no-print-directory

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
DECKS := $(shell find decks -name '*.y*ml' 2>/dev/null)

review: .venv/built ## review what is due (sets everything up first)
	@$(BIN)/rung review || [ $$? -eq 130 ]

desk: .venv/built ## the same on a full screen
	@$(PIP) -e '.[desk]'
	@$(BIN)/rung desk || [ $$? -eq 130 ]

build: .venv/installed ## compile decks/ into cards/
	@$(BIN)/rung build

export: .venv/built ## write an Anki package to exports/
	@$(BIN)/rung export

print: .venv/built ## write pages to print to exports/pages
	@$(BIN)/rung print all

test: .venv/tools ## run the tests
	@$(BIN)/python -m pytest -n auto --dist loadfile

test-lowest: .venv/tools ## run the tests with the oldest versions of what Rung stands on
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python .venv/lowest
	@$(BIN)/uv pip compile --quiet --resolution lowest-direct --extra desk pyproject.toml -o .venv/lowest/floors.txt
	@$(BIN)/uv pip install --quiet --python .venv/lowest/bin/python -c .venv/lowest/floors.txt -e '.[dev]'
	@.venv/lowest/bin/python -m pytest -n auto --dist loadfile

lint: .venv/tools ## ruff, formatting, types, and cards/ up to date
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/rung build --check --strict

audit: .venv/tools ## ask whether anything in requirements-dev.txt has a known weakness
	@$(BIN)/uv tool run --quiet pip-audit --strict --disable-pip --requirement requirements-dev.txt

lock: .venv/python ## write the newest versions that fit to requirements-dev.txt
	@$(PIP) uv
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra dev --generate-hashes \
		--no-emit-index-url --custom-compile-command 'make lock' pyproject.toml -o requirements-dev.txt

docs: .venv/tools ## write the generated pages in docs/
	@$(BIN)/python docs/generate.py

pictures: .venv/tools ## take the pictures in docs/ and of the tests anew, those of Anki in Chromium
	@rm -f tests/screens/*
	@RUNG_PICTURES=1 $(BIN)/python -m pytest -q tests/test_desk_pictures.py tests/test_desk_screens.py
	@RUNG_BROWSER=required RUNG_PICTURES=1 $(BIN)/python -m pytest -q tests/test_anki_pictures.py

bench: .venv/bench ## measure Rung beside its peers (an hour or more; `python bench/peers.py --quick` takes one)
	@$(BIN)/python bench/peers.py

bench-start: .venv/tools ## measure how quickly Rung starts, answers and paints
	@$(BIN)/python bench/start.py
	@$(BIN)/python bench/desk.py

bench-plan: .venv/tools ## measure what a plan to a date is worth to simulated learners
	@$(BIN)/python bench/interview_day.py

bench-placement: .venv/tools ## measure how well simulated learners are placed
	@$(BIN)/python bench/placement.py

torture: .venv/tools ## kill Rung 1,000 times at work, and see that nothing is lost (some ten minutes)
	@$(BIN)/python tests/torture.py

fuzz: .venv/fuzz ## try bad input by the million (a minute for each of its targets; Linux)
	@$(BIN)/python -m fuzz

mutants: .venv/mutants ## change Rung in thousands of small ways, and see which no test notices (some hours; `python tests/mutants.py --sample 200`)
	@$(BIN)/python tests/mutants.py

help: ## show this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

clean: ## take the environment away; your reviews are elsewhere and stay
	rm -rf .venv

.venv/python:
	@test -n "$(PYTHON)" || { echo "Rung needs Python 3.11 or newer; install it, or name it: make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/installed: .venv/python pyproject.toml
	@echo "Installing Rung into .venv ..." >&2
	@$(PIP) -e .
	@touch $@

.venv/tools: .venv/python pyproject.toml requirements-dev.txt
	@echo "Installing what the tests need ..." >&2
	@$(PIP) --require-hashes -r requirements-dev.txt
	@$(PIP) --no-deps -e .
	@touch $@

.venv/bench: .venv/installed pyproject.toml
	@echo "Installing what the bench measures beside Rung ..." >&2
	@$(PIP) -e '.[bench]'
	@touch $@

.venv/fuzz: .venv/tools pyproject.toml
	@echo "Installing what looks for bad input ..." >&2
	@$(PIP) -e '.[fuzz]'
	@touch $@

.venv/mutants: .venv/tools pyproject.toml
	@echo "Installing what changes Rung ..." >&2
	@$(PIP) -e '.[mutants]'
	@touch $@

.venv/built: .venv/installed $(DECKS)
	@$(BIN)/rung build
	@touch $@
