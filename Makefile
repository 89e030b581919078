# cleanpark: `make demo` shows what it does, `make test` whether it is sound.
PYTHON ?= python3
BOOTSTRAP = $(PYTHON) tools/bootstrap.py
RUN = .venv/bin/

.PHONY: setup demo page test torture check lint types messages figures protocols benchmark study validate data docs clean

setup:            ## create .venv with everything installed, editable
	@$(BOOTSTRAP) setup

demo:             ## compare all packaged scenarios on the packaged park
	@$(BOOTSTRAP) demo

page:             ## open the page in a browser: compare policies, no code
	@$(BOOTSTRAP) page

test:             ## style, types, layers, tests
	@$(BOOTSTRAP) test

torture: setup    ## mutated input against the command line for ten minutes; MINUTES=2 for two
	@$(RUN)python -m tests.torture --minutes $(or $(MINUTES),10)

check:            ## style, types and layers alone
	@$(BOOTSTRAP) check

lint: setup       ## style, repaired where that is safe
	@$(RUN)ruff check --fix .
	@$(RUN)ruff format .

types: setup      ## types and layers
	@$(RUN)mypy
	@$(RUN)lint-imports

messages: setup   ## collect messages into the catalogs, compile them, name what is missing
	@$(RUN)python tools/messages.py

figures: setup    ## renew the kept figures of the packaged scenarios, on purpose
	@$(RUN)python -m tests.figures

protocols: setup  ## renew the types that behaviours read, after a new field, lever or parameter
	@$(RUN)python tools/protocols.py

benchmark: setup  ## speed as ratios, printed as JSON
	@$(RUN)python benchmarks/run.py
	@$(RUN)python benchmarks/own.py
	@$(RUN)python benchmarks/studies.py

study: setup      ## the large sensitivity study: 20 parameters, 225,280 runs; goes on if cut off
	@$(RUN)python benchmarks/studies.py --large --output study-large

validate: setup  ## run the published patterns, write docs/validation.md from what they give
	@$(RUN)python tools/validate.py

data: setup       ## sectors beside published totals, docs/data.md; fails on what is not explained
	@$(RUN)python tools/data.py

docs: demo setup  ## renew the README's picture, and run what the pages show
	@cp demo/cost_reduction.png docs/images/
	@$(RUN)python -m pytest tests/test_docs.py

clean:            ## remove what setup, demo and builds have made
	rm -rf .venv .venv-unfinished .uv demo study-large validation build dist *.egg-info
