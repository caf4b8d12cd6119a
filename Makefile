# Run inside a virtual environment in which `make install` has been run once.
.PHONY: install check test exports bench accuracy encoder relations

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

TRAIN = OMP_NUM_THREADS=1 OMP_WAIT_POLICY=PASSIVE torchrun --nproc-per-node $(or $(CORES),2) -m -- \
	training.encoder train $(WORK) --budget 1024 --hidden 0 --lean 2 --raw 0 --most 100

# SHARED=folder WORK=folder make encoder: trains all that ships, in an environment with the extra "training". The
# folders data and bench of SHARED are read, WORK is written. With DEVICE=cuda a GPU takes ten minutes and a core
# forty more; two cores (CORES=2) alone take eight hours. Stopped, it goes on with what is in WORK: begin with a new
# folder, and with one of its own for "relations".
encoder:
	test -f $(WORK)/packed.npz || python -m training.encoder prepare $(SHARED)/data $(SHARED)/bench $(WORK)
ifeq ($(DEVICE),cuda)
	test -f $(WORK)/body/scores.json || \
	python -m training.encoder train $(WORK) --out $(WORK)/body --device cuda --workers 14 --most 100
else
	test -f $(WORK)/first/scores.json || $(TRAIN) --out $(WORK)/first --steps 6000
	test -f $(WORK)/body/scores.json || \
	$(TRAIN) --out $(WORK)/body --start $(WORK)/first --steps 2500 --rate 1e-4 --seed 2
endif
	test -f $(WORK)/all/weights0.pt || \
	python -m training.encoder pairs $(WORK) --start $(WORK)/body --out $(WORK)/all --device $(or $(DEVICE),cpu)
	python -m training.encoder folds $(WORK) --start $(WORK)/body --out $(WORK)/folds --device $(or $(DEVICE),cpu)
	python -m training.encoder export $(WORK) --weights $(WORK)/all
	python -m training.encoder score $(WORK) kg/understand/models/encoder/encoder.npz
	python -m training.indonesian_roots $(SHARED)/data
	python -m training.antecedents
	python -m training.confidence $(SHARED) $(WORK)/folds

# SHARED=folder WORK=folder make relations: learns who does what to whom anew, on the body that ships; two processor
# cores take three hours, a GPU fifteen minutes.
relations:
	test -f $(WORK)/packed.npz || \
	python -m training.encoder prepare $(SHARED)/data $(SHARED)/bench $(WORK) --like kg/understand/models/encoder/encoder.npz
	test -f $(WORK)/all/weights0.pt || \
	python -m training.encoder pairs $(WORK) --start $(WORK)/body --out $(WORK)/all --device $(or $(DEVICE),cpu)
	python -m training.encoder folds $(WORK) --start $(WORK)/body --out $(WORK)/folds --device $(or $(DEVICE),cpu)
	python -m training.encoder export $(WORK) --weights $(WORK)/all
	python -m training.antecedents
	python -m training.confidence $(SHARED) $(WORK)/folds

# CORPUS=news.jsonl FIRST=300 make bench
bench:
	python -m bench.speed $(CORPUS) --first $(or $(FIRST),300)

# SHARED=folder make accuracy: writes docs/accuracy.md; the folder has bench/dev.{gold,documents}.jsonl.
accuracy:
	python -m bench.accuracy $(SHARED)
