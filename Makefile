# Run inside a virtual environment in which `make install` has been run once.
.PHONY: install check test exports bench accuracy

install:
	python -m pip install --editable '.[test]'

check:
	ruff check .
	ruff format --check .
	mypy

test:
	pytest

# The graph of the sample articles in every format, kept in the repository and compared by CI.
exports:
	rm -rf exports
	kg build examples -o exports --quiet
	python docs/picture.py exports docs/graph.svg
	kg analyse communities exports --plot docs/analysis-communities.svg >/dev/null
	kg analyse matrix exports --roll-up --plot docs/analysis-matrix.svg >/dev/null
	python docs/run_notebook.py docs/notebook.ipynb

# CORPUS=news.jsonl FIRST=300 make bench
bench:
	python -m bench.speed $(CORPUS) --first $(or $(FIRST),300)

# SHARED=folder make accuracy: writes docs/accuracy.md; the folder has bench/dev.{gold,documents}.jsonl.
accuracy:
	python -m bench.accuracy $(SHARED)
