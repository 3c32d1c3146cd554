"""The plant model: a small perceptron over the features of a block, in plain numpy, with its training."""

import numpy as np

CLIP = 4.0
"""Features are held within so many standard deviations of the mean: a picture unlike all others gives no wild answer."""

SUMS = np.array([[0, 1, 1, 1, 1], [0, 1, 0, 1, 1], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]], np.float32)
"""Classes that make up vegetation cover, canopy cover, bloom and ripe colour."""

WEIGHT = np.array([1, 0.5, 6, 6], np.float32)
"""Weight of the sums' errors in a region: blossom and ripe fruit are rare, but a few per cent of them matter."""


class Network:
    """Features, two hidden layers with rectifiers, shares of the classes."""

    def __init__(self, sizes, mean, scale, rng):
        self.mean, self.scale = mean.astype(np.float32), scale.astype(np.float32)
        self.weights = [rng.normal(0, np.sqrt(2 / a), (a, b)).astype(np.float32) for a, b in zip(sizes, sizes[1:])]
        self.biases = [np.zeros(b, np.float32) for b in sizes[1:]]

    @property
    def parameters(self):
        return self.weights + self.biases

    def forward(self, x):
        """Activations of every layer; the last are shares that sum to 1."""
        h = np.clip((x - self.mean) * self.scale, -CLIP, CLIP)
        layers = [h]
        for k, (w, b) in enumerate(zip(self.weights, self.biases)):
            h = h @ w + b
            if k < len(self.weights) - 1:
                h = np.maximum(h, 0)
            layers.append(h)
        e = np.exp(h - h.max(axis=1, keepdims=True))
        layers[-1] = e / e.sum(axis=1, keepdims=True)
        return layers

    def shares(self, x):
        return self.forward(x)[-1]

    def gradient(self, x, y, known, pull):
        """Gradients of cross entropy plus `pull` times the squared error of the regions' sums.

        x (regions, n, features), y (regions, n, classes); `known` (regions,) says how much is:
        0 plant or ground, 1 blossom and ripe fruit too, 2 every class. What is not known is left
        to the network.
        """
        count, n, _ = x.shape
        flat, target = x.reshape(count * n, -1), y.reshape(count * n, -1).copy()
        layers = self.forward(flat)
        p = layers[-1]
        for level, last in ((0, 5), (1, 3)):
            vague = np.repeat(known == level, n)
            plants = p[vague, 1:last]
            target[vague, 1:last] = plants / np.maximum(plants.sum(1, keepdims=True), 1e-6) * target[vague, 1:last].sum(1, keepdims=True)
        slope = (p - target) / (count * n)
        short = ((p - target).reshape(count, n, -1).mean(1)) @ SUMS.T
        short[known == 0, 1:] = 0
        short *= WEIGHT
        # The sums' error is passed back through the softmax.
        direction = np.repeat(short @ SUMS, n, axis=0)
        slope += pull * p * (direction - (direction * p).sum(1, keepdims=True)) / (count * n)
        grads_w, grads_b = [], []
        for k in reversed(range(len(self.weights))):
            grads_w.append(layers[k].T @ slope)
            grads_b.append(slope.sum(0))
            if k:
                slope = (slope @ self.weights[k].T) * (layers[k] > 0)
        loss = -(target * np.log(p + 1e-7)).sum() / (count * n), float(np.abs(short[:, 0]).mean())
        return grads_w[::-1] + grads_b[::-1], loss


def varied(x, rng):
    """Regions as other leaves, soils, lenses and balances would show them: colour moved and stretched, contrast stretched."""
    out, count = x.copy(), (len(x), 1)
    squares = range(5, x.shape[-1], 8)
    light, colour, grain = (np.exp(rng.normal(0, s, count)).astype(np.float32) for s in (0.07, 0.07, 0.12))
    for k in [0, 4, *(s for at in squares for s in (at, at + 4, at + 5))]:
        out[..., k] *= light
    for lane, spread in ((0, 12), (1, 16)):
        moved = rng.normal(0, spread, count).astype(np.float32)
        for k in [1 + lane, *(at + 1 + lane for at in squares)]:
            out[..., k] = out[..., k] * colour + moved
        for at in squares:
            out[..., at + 6 + lane] *= colour
    for k in [3, *(at + 3 for at in squares)]:
        out[..., k] *= grain
    return out


def train(x, y, known, hidden, epochs, seed, pull=8.0, batch=24, rate=3e-3, decay=1e-5, report=None, start=None):
    """A network fitted to regions x (regions, n, features) and y (regions, n, classes)."""
    rng = np.random.default_rng(seed)
    flat = x.reshape(-1, x.shape[-1])
    some = flat[rng.integers(0, len(flat), 200_000)]
    net = start or Network([x.shape[-1], *hidden, y.shape[-1]], some.mean(0), 1 / (some.std(0) + 1e-6), rng)
    first, second = ([np.zeros_like(p) for p in net.parameters] for _ in range(2))
    # Regions with blossom or ripe fruit are shown three times.
    rare = np.flatnonzero((known > 0) & (y[..., 3:].mean(1).max(1) > 0.01))
    chosen = np.concatenate([np.arange(len(x)), rare, rare])
    steps, step = epochs * (len(chosen) // batch), 0
    for epoch in range(epochs):
        order, seen = rng.permutation(chosen), []
        for at in range(0, len(chosen) - batch + 1, batch):
            pick = order[at : at + batch]
            grads, loss = net.gradient(varied(x[pick], rng), y[pick].astype(np.float32), known[pick], pull)
            seen.append(loss)
            step += 1
            now = rate * 0.5 * (1 + np.cos(np.pi * step / steps)) * min(1, step / 200)
            for k, (p, g) in enumerate(zip(net.parameters, grads)):
                first[k] += 0.1 * (g - first[k])
                second[k] += 0.001 * (g * g - second[k])
                p -= now * (first[k] / (1 - 0.9**step) / (np.sqrt(second[k] / (1 - 0.999**step)) + 1e-8) + decay * p)
        if report:
            report(epoch, np.mean(seen, axis=0), net)
    return net
