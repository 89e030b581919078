# cleanpark: `make demo` shows what it does, `make test` whether it is sound.
PYTHON ?= python3
BOOTSTRAP = $(PYTHON) tools/bootstrap.py
RUN = .venv/bin/

.PHONY: setup demo test check figures benchmark study clean

setup:            ## create .venv with everything installed, editable
	@$(BOOTSTRAP) setup

demo:             ## compare all packaged scenarios on the packaged park
	@$(BOOTSTRAP) demo

test:             ## style, types, layers, tests
	@$(BOOTSTRAP) test

check:            ## style, types and layers alone
	@$(BOOTSTRAP) check

figures: setup    ## renew the kept figures of the packaged scenarios, on purpose
	@$(RUN)python -m tests.figures

benchmark: setup  ## speed as ratios, printed as JSON
	@$(RUN)python benchmarks/run.py

clean:
	rm -rf .venv .uv demo build dist *.egg-info
