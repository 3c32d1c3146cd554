"""Fits a perceptron of the plant model's form to samples of some classes."""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "covertraining"))

from network import Network  # noqa: E402

JITTER = 0.05
"""Standard deviations by which features are moved, so that no one of them is trusted alone."""


def fit(x, y, hidden, epochs, seed, batch=512, rate=2e-3, decay=2e-5, report=None, classes=2, jitter=JITTER):
    """A network fitted to samples x (n, features) and their classes y (n,): Adam, cosine rate."""
    rng = np.random.default_rng(seed)
    some = x[rng.integers(0, len(x), 200_000)].astype(np.float32)
    net = Network([x.shape[1], *hidden, classes], some.mean(0), 1 / (some.std(0) + 1e-3), rng)
    first, second = ([np.zeros_like(p) for p in net.parameters] for _ in range(2))
    steps, step = epochs * (len(x) // batch), 0
    for epoch in range(epochs):
        order, seen = rng.permutation(len(x)), []
        for at in range(0, len(x) - batch + 1, batch):
            pick = order[at : at + batch]
            moved = x[pick].astype(np.float32)
            moved += rng.normal(0, jitter, moved.shape).astype(np.float32) / net.scale
            layers = net.forward(moved)
            share = layers[-1]
            seen.append(-np.log(share[np.arange(batch), y[pick]] + 1e-7).mean())
            slope = (share - np.eye(classes, dtype=np.float32)[y[pick]]) / batch
            grads_w, grads_b = [], []
            for k in reversed(range(len(net.weights))):
                grads_w.append(layers[k].T @ slope)
                grads_b.append(slope.sum(0))
                if k:
                    slope = (slope @ net.weights[k].T) * (layers[k] > 0)
            step += 1
            now = rate * 0.5 * (1 + np.cos(np.pi * step / steps)) * min(1, step / 200)
            for k, (p, g) in enumerate(zip(net.parameters, grads_w[::-1] + grads_b[::-1])):
                first[k] += 0.1 * (g - first[k])
                second[k] += 0.001 * (g * g - second[k])
                p -= now * (first[k] / (1 - 0.9**step) / (np.sqrt(second[k] / (1 - 0.999**step)) + 1e-8) + decay * p)
        if report:
            report(epoch, float(np.mean(seen)))
    return net
