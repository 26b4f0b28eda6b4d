# Thin targets; each says what it runs. `make run` and `make test` need Python 3.11+
# and make, and install the rest into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE_TOOLS := tests/js/node_modules/.bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Tests start many a Python: what they import is compiled once.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run example-aiohttp example-fastapi example-express example-notetaker example-page example-react test lane-browser lane-pages lane-media lane-live lane-waits lane-kept lane-served lane-asked lane-rest lane-check lane-languages check format bench fuzz walk proof coverage mutants screenshots clean

run: $(VENV)/runtime
	$(BIN)/gatekeeper serve $(if $(CONFIG),--config $(CONFIG))

# Examples for whoever has rooms already: examples/NAME/README.md says what to begin with.
EXAMPLE = mkdir -p build/examples && cd build/examples &&

example-aiohttp: $(VENV)/runtime
	$(EXAMPLE) ../../$(BIN)/python ../../examples/aiohttp/calls.py

example-fastapi: $(VENV)/tests
	$(EXAMPLE) ../../$(BIN)/python ../../examples/fastapi/uploads.py

example-express:
	npm install --prefix examples/express --silent --no-audit --no-fund --no-package-lock
	$(EXAMPLE) node ../../examples/express/recorder.js

example-notetaker: $(VENV)/runtime
	$(EXAMPLE) ../../$(BIN)/python ../../examples/notetaker/notetaker.py

example-page: $(VENV)/runtime
	$(EXAMPLE) ../../$(BIN)/python ../../examples/page/host.py

example-react:
	npm install --prefix examples/react --silent --no-audit --no-fund --no-package-lock
	$(EXAMPLE) node ../../examples/react/server.js

# Lanes, four of them side by side, the longest first, so that no core is idle: servers and
# whole meetings take the time that they take, browsers compute. When one is over, the next
# begins, and what it printed is shown.
LIVE := tests/assistant tests/proof
# What is kept afterwards waits for disks, and for processes that are killed.
KEPT := tests/after tests/archive
# How pages look, at every size and in every language, and which presses they take.
PAGES := $(addprefix tests/browser/test_,admin_day.py axe.py choice.py head.py language.py names.py \
    place.py press.py prompt.py screens.py size.py size_languages.py spilled.py stage.py story.py \
    twice.py words.py)
# Pictures and voices that last as long as they do, in meetings and in what is kept of them.
MEDIA := $(addprefix tests/browser/test_,after.py assistant.py bad_line.py captions.py dishonest.py \
    films.py hidden_tab.py kept_alike.py machine.py model.py other_words.py recording.py \
    screen_audio.py seeing.py small_window.py sound.py talk.py)
# Browsers that mostly wait, for a server that is gone or a page that is silent, wait beside
# those that compute.
WAITS := $(addprefix tests/browser/test_,cannot.py check.py crash.py door.py firefox.py \
    reached.py relay.py)
# Servers, their people and services wait for one another, and for leases that run out.
SERVED := tests/services tests/client tests/examples
ASKED := tests/web tests/meeting tests/start

test: $(VENV)/tests
	$(MAKE) --jobs 4 --keep-going --output-sync=target lane-rest lane-media lane-browser \
	    lane-served lane-pages lane-asked lane-live lane-waits lane-kept lane-check

# Each lane names what took longest in it: aim at no test over 8 s, and no fixture over 12.
SLOWEST := --durations 15 --durations-min 1

lane-browser:
	$(BIN)/pytest $(SLOWEST) tests/browser $(addprefix --ignore ,$(PAGES) $(MEDIA) $(WAITS))

lane-pages:
	$(BIN)/pytest $(SLOWEST) $(PAGES)

lane-media:
	$(BIN)/pytest $(SLOWEST) $(MEDIA)

lane-live:
	$(BIN)/pytest $(SLOWEST) $(LIVE)

lane-waits:
	$(BIN)/pytest $(SLOWEST) $(WAITS)

lane-kept:
	$(BIN)/pytest $(SLOWEST) $(KEPT)

lane-served:
	$(BIN)/pytest $(SLOWEST) $(SERVED)

lane-asked:
	$(BIN)/pytest $(SLOWEST) $(ASKED)

lane-rest:
	$(BIN)/pytest $(SLOWEST) $(addprefix --ignore ,tests/browser $(LIVE) $(KEPT) $(SERVED) $(ASKED))

lane-check: check
	node --test $$(find tests/js -name '*.test.js' -not -path '*/node_modules/*')

# Browsers in every language, and all that they do turned from right to left: for the night.
# On two cores 3, 4 and 15 minutes.
lane-languages:
	GATEKEEPER_LANGUAGES="ar fr es de en" $(BIN)/pytest $(SLOWEST) tests/browser/test_story.py \
	    tests/browser/test_admin_day.py::test_in_another_language_all_of_it_is_said_and_has_room
	GATEKEEPER_SIZES=all $(BIN)/pytest $(SLOWEST) tests/browser/test_door.py \
	    tests/browser/test_size.py tests/browser/test_size_languages.py
	GATEKEEPER_DIRECTION=rtl $(BIN)/pytest $(SLOWEST) tests/browser \
	    --ignore tests/browser/test_story.py

PRETTY := static embed examples tests/js tests/client

check: $(VENV)/tests
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(NODE_TOOLS)/tsc -p static
	$(NODE_TOOLS)/tsc -p tests/js/embed
	$(NODE_TOOLS)/prettier --check $(PRETTY) --log-level warn
	$(BIN)/python -m tests.audit

format: $(VENV)/tests
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(NODE_TOOLS)/prettier --write $(PRETTY) --log-level warn

# All benchmarks, or `make bench ONLY=name,name`.
bench: $(VENV)/tests
	$(BIN)/python -m tests.bench $(if $(ONLY),--only $(ONLY))

# Every route of the HTTP API, by its own document: many requests to each. For the night.
fuzz: $(VENV)/tests
	API_EXAMPLES=$(or $(EXAMPLES),300) $(BIN)/pytest tests/web/test_openapi.py
	$(BIN)/pytest --hypothesis-profile nightly tests/evidence/test_tampering.py

# A room in real browsers, and three people who press, type, turn, reload and lose their
# networks at random. For the night.
walk: $(VENV)/tests
	$(BIN)/python -m tests.walk --minutes $(or $(MINUTES),30) $(if $(SEED),--seed $(SEED))

# Nothing else was kept: 200 meetings, every file decoded. For the night, with what asyncio
# finds in servers when it is asked to debug itself, at up to twice the time.
proof: $(VENV)/tests
	PYTHONASYNCIODEBUG=1 $(BIN)/python -m tests.proof --meetings $(or $(MEETINGS),200)
	GATEKEEPER_MUTATIONS=all $(BIN)/pytest tests/verifying tests/archive/test_export.py

# Branches that the tests without a browser take: all of those that decide and prove. For
# the night.
coverage: $(VENV)/tests
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest --ignore tests/browser
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --skip-covered
	$(BIN)/coverage report --show-missing --skip-covered --fail-under=100 --include=$$(\
	    $(BIN)/python -m tests.mutants.areas)

# Small mistakes, and whether the tests find them: all, or `SAMPLE=n SEED=s`. For the night.
mutants: $(VENV)/tests
	$(BIN)/python -m tests.mutants --sample $(or $(SAMPLE),0) --seed $(or $(SEED),0)

# Pictures of every page and every state, into build/screenshots, and those of the
# documentation into docs/screenshots. `ONLY=room,console`, `WINDOWS=all`.
screenshots: $(VENV)/tests
	$(BIN)/python -m tests.screenshots $(if $(ONLY),--only $(ONLY)) $(if $(WINDOWS),--windows $(WINDOWS))

clean:
	rm -rf $(VENV) tests/js/node_modules

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# Where no wheel of the speech engine fits, the server runs without one, and says so.
$(VENV)/runtime: $(BIN)/python requirements.lock requirements-speech.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: \
	    -r requirements.lock -r requirements-speech.lock || \
	    echo "No speech engine could be installed here: transcript and summary will be off."
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	touch $@

$(VENV)/tests: $(BIN)/python tests/requirements.lock tests/js/package-lock.json pyproject.toml
	npm ci --prefix tests/js --silent --no-audit --no-fund & npm=$$!; \
	    $(BIN)/python -m pip install --quiet --no-compile --require-hashes \
	        -r tests/requirements.lock && \
	    $(BIN)/python -m pip install --quiet --no-deps --editable . && \
	    sh tests/system.sh && wait $$npm
	@# What all lanes import is compiled once, before they begin.
	$(BIN)/pytest --collect-only --quiet > /dev/null
	touch $@ $(VENV)/runtime
