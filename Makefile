# Everything sets itself up: the first time takes a minute or two, after that a moment.
#: make run     set up, make the database and the demonstration district, serve     [PORT=8137] [FRESH=1]
#: make test    set up and pass what every change has to                            [ARGS="-k consent"] [LANE=thorough] [COVER=1]
#: make check   lint, types, imports, templates, migrations, words, known holes
#: make bench   measure                                                             [JOBS="J1 J5"] [FILES=50000]
#: make fix     format, and mend what can be mended
#: make lock    write the locks anew from requirements*.in
#: make migration APP=plans NAME=strength   write the migration of what changed in that folder's models
#: make lanes   list anew which tests left the quick lane, and why
#: make keyboard   write down anew where the Tab key leads on the daily pages
#: make drawing draw anew how the house stands
#: make words   bring the French word lists up to date, and say what is missing
PYTHON ?= python3
PORT ?= 8000
LANE ?= quick
BIN := .venv/bin

.PHONY: help run test check bench fix lock migration lanes keyboard drawing words set-up set-up-dev

help:
	@sed -n 's/^#: //p' Makefile

set-up:
	@$(PYTHON) config/setup.py

set-up-dev:
	@$(PYTHON) config/setup.py --dev

run: set-up
	@exec $(BIN)/python -m alongside serve --demo --port "$(PORT)" $(if $(FRESH),--fresh)

test: set-up-dev
	@$(BIN)/python -m tests.browsers
	@ALONGSIDE_LANE=$(LANE) $(BIN)/python $(if $(COVER),-m coverage run) -m pytest -n 2 --dist loadfile $(ARGS)
	@$(if $(COVER),$(BIN)/coverage combine -q && $(BIN)/coverage report)

check: set-up-dev
	@$(BIN)/python -m config.checking

bench: set-up
	@$(BIN)/python -m bench $(if $(JOBS),--jobs "$(JOBS)") $(if $(FILES),--files "$(FILES)")

fix: set-up-dev
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet . ; $(BIN)/python -m config.words

lock: set-up-dev
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url requirements.in -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url requirements-dev.in -o requirements-dev.txt

migration: set-up-dev
	@DJANGO_SETTINGS_MODULE=config.settings $(BIN)/python -W ignore -m django makemigrations $(APP) --name $(or $(NAME),$(error say what changed: NAME=…))

lanes: set-up-dev
	@$(BIN)/python -m pytest -q --list-thorough >/dev/null; git diff --stat -- "*/thorough.txt"

keyboard: set-up-dev
	@ALONGSIDE_WRITE=1 $(BIN)/python -m pytest -q tests/test_daily_pages.py -k tab_key; git diff --stat -- docs/keyboard.md

drawing: set-up-dev
	@$(BIN)/python -m config.house

words: set-up-dev
	@$(BIN)/python -m config.words
