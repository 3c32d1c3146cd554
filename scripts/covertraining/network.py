"""The plant model: a small perceptron over the features of a block and of the plot it lies in, in plain numpy."""

import numpy as np

CLIP = 4.0
"""Features are held within so many standard deviations of the mean: a picture unlike all others gives no wild answer."""
LEAST_VARIANCE = 1e-4
"""Added to a variance before its root is taken, which has no slope at 0."""


def statistics(values):
    """Means and deviations of the columns of values (…, n, k): (…, 2 k)."""
    mean = values.mean(-2)
    variance = (values * values).mean(-2) - mean * mean
    return np.concatenate([mean, np.sqrt(np.maximum(variance, 0) + LEAST_VARIANCE)], -1)


class Network:
    """Features, hidden layers with rectifiers, shares of the classes.

    A layer with a context also sees the means and deviations of its inputs over the whole group, a plot's blocks: what
    the plot is like decides what a block is.
    """

    def __init__(self, sizes, mean, scale, rng, contextual=0):
        self.mean, self.scale = mean.astype(np.float32), scale.astype(np.float32)
        self.weights = [rng.normal(0, np.sqrt(2 / a), (a, b)).astype(np.float32) for a, b in zip(sizes, sizes[1:])]
        self.biases = [np.zeros(b, np.float32) for b in sizes[1:]]
        self.contexts = [rng.normal(0, 0.3 / np.sqrt(a), (2 * a, b)).astype(np.float32) if k < contextual else None
                         for k, (a, b) in enumerate(zip(sizes, sizes[1:]))]
        self.kinds = {}
        """What is added to the biases of all layers but the last where a group's kind is known: name to a vector a layer."""

    @property
    def parameters(self):
        return self.weights + self.biases

    def forward(self, x, group=None, kind=None):
        """Activations of every layer for blocks x (n, features); the last are shares that sum to 1.

        Group: the blocks (m, features) that the contexts are taken of, x itself if there is none. Kind: of the group;
        one that was not learnt counts as not known.
        """
        added = self.kinds.get(kind, [0] * (len(self.weights) - 1))
        h = np.clip((x - self.mean) * self.scale, -CLIP, CLIP)
        g = None if group is None else np.clip((group - self.mean) * self.scale, -CLIP, CLIP)
        layers = [h]
        for k, (w, v, b) in enumerate(zip(self.weights, self.contexts, self.biases)):
            if k < len(added):
                b = b + added[k]
            bias = b if v is None else b + statistics(h if g is None else g) @ v
            h = h @ w + bias
            if k < len(self.weights) - 1:
                h = np.maximum(h, 0)
                g = None if g is None else np.maximum(g @ w + bias, 0)
            layers.append(h)
        e = np.exp(h - h.max(axis=1, keepdims=True))
        layers[-1] = e / e.sum(axis=1, keepdims=True)
        return layers

    def shares(self, x, group=None, kind=None):
        return self.forward(x, group, kind)[-1]
