"""Make the encoder, step by step: prepare, train, pairs, folds, export, score (`make encoder` does all)."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

HEADS = 5
"""How much faster the heads learn than the body."""


def main() -> None:
    """Run one step."""
    options = argparse.ArgumentParser(prog="python -m training.encoder", description=__doc__)
    steps = options.add_subparsers(dest="step", required=True)
    step = steps.add_parser("prepare", help="read weights and texts, write arrays")
    step.add_argument("data", type=Path)
    step.add_argument("bench", type=Path)
    step.add_argument("work", type=Path)
    step.add_argument("--like", type=Path, help="model file to go on from: vocabulary, labels, weights")
    step = steps.add_parser("train", help="train and score")
    step.add_argument("work", type=Path)
    step.add_argument("--out", type=Path)
    step.add_argument("--device", default="cpu")
    step.add_argument("--seconds", type=float, default=1e9)
    step.add_argument("--steps", type=int, default=8_000)
    step.add_argument(
        "--hidden", type=float, default=0.15, help="share of the steps, or time, for guessing hidden pieces"
    )
    step.add_argument("--hidden-budget", type=int, default=24_576, help="pieces in a batch of guessing")
    step.add_argument(
        "--lean", type=float, default=0.35, help="share of the steps before the average teaches"
    )
    step.add_argument("--raw", type=float, default=0.2, help="share of windows of unmarked text")
    step.add_argument("--teacher", type=Path, help="folder of weights to imitate")
    step.add_argument("--layers", type=int, help="layers of a student, taken from its teacher")
    step.add_argument("--workers", type=int, default=0)
    step.add_argument("--budget", type=int, default=8192, help="pieces in a batch")
    step.add_argument("--rate", type=float, default=2e-4)
    step.add_argument("--seed", type=int, default=1)
    step.add_argument("--start", type=Path, help="folder of weights to go on from, heads included")
    step.add_argument("--most", type=int, default=10_000, help="test samples scored of each kind")
    for name, text in (
        ("pairs", "train the head of pairs on a finished encoder, and write both"),
        ("folds", "train it without each fold of the texts, and write what is thought of each"),
    ):
        step = steps.add_parser(name, help=text)
        step.add_argument("work", type=Path)
        step.add_argument("--start", type=Path, required=True, help="folder of weights")
        step.add_argument("--out", type=Path, required=True)
        step.add_argument("--epochs", type=int, default=9 if name == "pairs" else 6)
        step.add_argument("--device", default="cpu")
        step.add_argument("--share", type=float, default=1.0, help="of the texts, for a learning curve")
        step.add_argument("--languages", default="en,id", help="of the texts")
        if name == "pairs":
            step.add_argument("--order", type=int, default=1, help="seed of the order of the texts")
            step.add_argument("--on", action="store_true", help="go on from the layers and head of --start")
            step.add_argument("--pace", type=float, default=1.0, help="times the rates; .3 with --on")
    step.add_argument("--folds", type=int, default=3)
    step.add_argument("--only", type=int, help="number of the one fold to do, 0 the first")
    step = steps.add_parser("average", help="write the weighted mean of two trainings' weights")
    step.add_argument("first", type=Path)
    step.add_argument("second", type=Path)
    step.add_argument("out", type=Path)
    step.add_argument("--share", type=float, default=0.65, help="weight of the second")
    step = steps.add_parser("export", help="write the model that the package ships")
    step.add_argument("work", type=Path)
    step.add_argument("--weights", type=Path)
    step.add_argument("--out", type=Path, default=None)
    step.add_argument("--bits", type=int, choices=(8, 32), default=8)
    step = steps.add_parser("score", help="score a model file")
    step.add_argument("work", type=Path)
    step.add_argument("file", type=Path)
    step.add_argument("--most", type=int, default=10_000, help="test samples scored of each kind")
    step = steps.add_parser("sentences", help="score how the shipped pipeline cuts raw text into sentences")
    step.add_argument("data", type=Path)
    args = options.parse_args()
    if args.step == "prepare":
        from training.encoder.preparing import prepare

        prepare(args.data, args.bench, args.work, like=args.like)
    elif args.step == "train":
        _train(args)
    elif args.step in ("pairs", "folds"):
        _pairs(args)
    elif args.step == "average":
        from training.encoder.keeping import average

        average(args.first, args.second, args.out, share=args.share)
    elif args.step == "export":
        from training.encoder.exporting import export

        export(args.work, args.weights or args.work, args.out, bits=args.bits)
    elif args.step == "sentences":
        from training.encoder.raw_text import sentence_scores

        for name, row in sentence_scores(args.data):
            print(name, row, flush=True)
    else:
        from training.encoder.measuring import measure

        for name, row in measure(args.work, args.file, most=args.most).items():
            print(name, row, flush=True)


def _train(args: argparse.Namespace) -> None:
    import torch

    from training.encoder import keeping, training
    from training.encoder.batches import load_corpus
    from training.encoder.network import shrunk
    from training.encoder.predicting import predictor
    from training.encoder.scoring import score_all
    from training.encoder.together import joined, rank

    torch.set_float32_matmul_precision("high")
    joined()
    corpus = load_corpus(args.work)
    out = args.out or args.work

    plan = training.Plan(
        steps=max(1, int(args.steps * (1 - args.hidden))),
        seconds=args.seconds * (1 - args.hidden),
        rate=args.rate,
        head_rate=HEADS * args.rate,
        seed=args.seed,
        workers=args.workers,
        budget=args.budget,
        raw=args.raw,
        lean=args.lean,
    )
    teachers = [keeping.load(corpus.labels, args.teacher).to(args.device).eval()] if args.teacher else []
    if args.start:
        net = keeping.load(corpus.labels, args.start).to(args.device)
    elif teachers and args.layers:
        net = shrunk(teachers[0], args.layers)
    else:
        net = training.fresh(corpus.base, corpus.labels, seed=args.seed, device=args.device)
    if args.hidden and not (out / keeping.HELD).exists():  # else it lies behind
        guessing = replace(
            plan,
            steps=max(1, int(args.steps * args.hidden)),
            seconds=args.seconds * args.hidden,
            seed=100 + args.seed,
            raw=1.0,
            rate=4e-4,
            budget=args.hidden_budget,
        )
        training.pretrain(net, corpus, guessing)
    net = training.train(net, corpus, plan, teachers=teachers, folder=out)
    if rank():
        return
    keeping.save(net, out)
    found = score_all(corpus, predictor(net, corpus.base), most=args.most)
    (out / "scores.json").write_text(json.dumps(found, indent=1), "utf8")
    for name, row in found.items():
        print(name, row, flush=True)


def _pairs(args: argparse.Namespace) -> None:
    import numpy as np
    import torch

    from training.encoder import folds, keeping
    from training.encoder.batches import load_corpus

    torch.set_float32_matmul_precision("high")
    corpus = load_corpus(args.work)
    net = keeping.load(corpus.labels, args.start).to(args.device).eval()
    if args.step == "folds" or not args.on:
        net.fork()  # a finished model's own layers for pairs have seen all texts, those of a fold too
    texts = [*folds.read(net, corpus, "actors"), *folds.read(net, corpus, "own")]
    texts = folds.part(corpus, texts, share=args.share, languages=args.languages.split(","))
    if args.step == "folds":
        args.out.mkdir(parents=True, exist_ok=True)
        for number in range(args.folds) if args.only is None else [args.only]:
            if (args.out / f"fold{number}.npz").exists():
                continue
            seed, folder = 2 + number, args.out / f"fold{number}"
            rounds = folds.Rounds(epochs=args.epochs, seed=seed, order=seed, folder=folder)
            found = folds.unseen(net, corpus, texts, fold=(number, args.folds), rounds=rounds)
            np.savez_compressed(args.out / f"fold{number}.npz", allow_pickle=False, **found)
        return
    rounds = folds.Rounds(epochs=args.epochs, order=args.order, on=args.on, pace=args.pace, folder=args.out)
    relater = folds.fit(net, texts, rounds)
    relater.into(net)
    keeping.save(net, args.out)
    tests = folds.read(net, corpus, "test:actors")
    for languages in (["en", "id"], ["en"], ["id"]):
        own = folds.part(corpus, tests, share=1.0, languages=languages)
        print(*languages, folds.score(own, folds.opinions(relater, corpus, own)["types"]))


if __name__ == "__main__":
    main()
