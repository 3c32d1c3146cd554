"""Fits the plant model to regions of pictures, with JAX."""

from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np

from network import CLIP, LEAST_VARIANCE, Network

SUMS = np.array([[0, 1, 1, 1, 1], [0, 1, 0, 1, 1], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]], np.float32)
"""Classes that make up vegetation cover, canopy cover, bloom and ripe colour."""

PULL = 12.0
"""What the errors of a region's sums count beside the entropy of its blocks."""

BATCH = 24
"""Regions a step."""


@dataclass(frozen=True)
class Pace:
    """How fast a network learns, and what for."""

    rate: float = 3e-3
    """Greatest length of a step; it falls to nothing as half a cosine wave."""
    warming: int = 200
    """Steps before it is reached."""
    kept: float = 0.999
    """Of the running average, what each step leaves of it."""
    weight: tuple = (1, 0.5, 6, 6)
    """Weight of the sums' errors in a region: blossom and ripe fruit are rare, but a few per cent of them matter."""


SETTLING = Pace(1e-3, 100, 0.998, (100 / PULL, 0.5, 6, 6))
"""For a network that knows its blocks and is to settle on cover."""

CONTEXTUAL = 2
"""Layers that see the whole region; a third gains nothing on regions of other scenes."""


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


KIND_KNOWN = 0.8
"""Of regions whose kind is known, the share that is shown with it; so the others are told too."""


def _log_shares(parameters, x, kind):
    """Logarithms of the shares of normalised regions x (regions, n, features) of kinds (regions,), 0 unknown; as Network.forward."""
    *layers, kinds = parameters
    for k, (w, v, b) in enumerate(zip(*layers)):
        a = x @ w + b
        if k < len(kinds):
            a += jnp.where(kind[:, None] > 0, kinds[k][kind - 1], 0)[:, None]
        if v is not None:
            mean = x.mean(1, keepdims=True)
            deviation = jnp.sqrt(jnp.maximum(((x - mean) ** 2).mean(1, keepdims=True), 0) + LEAST_VARIANCE)
            a += jnp.concatenate([mean, deviation], -1) @ v
        x = jnp.maximum(a, 0)
    return jax.nn.log_softmax(a, -1)


def _loss(parameters, x, y, known, kind, pull, weight):
    """Cross entropy plus `pull` times the squared errors of the regions' sums.

    x (regions, n, features), y (regions, n, classes); `known` (regions,) says how much is: 0 plant or ground, 1 blossom
    and ripe fruit too, 2 every class. What is not known is left to the network.
    """
    log = _log_shares(parameters, x, kind)
    level = known[:, None]

    def told(first, last):
        return y[..., first:last].sum(-1) * jax.scipy.special.logsumexp(log[..., first:last], -1)

    by_class = (y * log).sum(-1)
    entropy = -jnp.where(level == 2, by_class, told(0, 1) + jnp.where(level == 1, told(1, 3) + told(3, 4) + told(4, 5), told(1, 5)))
    short = (jnp.exp(log) - y).mean(1) @ SUMS.T
    certain = jnp.where(level > 0, 1.0, jnp.array([1.0, 0, 0, 0]))
    return entropy.mean() + pull * (weight * certain * short**2).sum(-1).mean(), jnp.abs(short[:, 0]).mean()


_gradient = jax.jit(jax.value_and_grad(_loss, has_aux=True))


@jax.jit
def _adam(parameters, first, second, average, gradient, rate, step, decay, kept):
    """One step of Adam, and the running average of the parameters."""
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradient)
    second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradient)

    def moved(p, m, v):
        return p - rate * (m / (1 - 0.9**step) / (jnp.sqrt(v / (1 - 0.999**step)) + 1e-8) + decay * p)

    parameters = jax.tree.map(moved, parameters, first, second)
    return parameters, first, second, jax.tree.map(lambda a, p: kept * a + (1 - kept) * p, average, parameters)


def begun(regions, hidden, rng):
    """A network that knows nothing but how the features lie."""
    flat = regions.x.reshape(-1, regions.x.shape[-1])
    some = flat[rng.integers(0, len(flat), 200_000)]
    return Network([flat.shape[-1], *hidden, regions.y.shape[-1]], some.mean(0), 1 / (some.std(0) + 1e-6), rng, CONTEXTUAL)


def shuffled(regions, shown, epochs, rng):
    """Indices of the batches of whole epochs, and their number in one: regions with blossom or ripe fruit three times."""
    rare = shown[(regions.known[shown] > 0) & (regions.y[shown, :, 3:].mean(1).max(1) > 0.01)]
    chosen = np.concatenate([shown, rare, rare])

    def batches():
        for _ in range(epochs):
            order = rng.permutation(chosen)
            for at in range(0, len(chosen) - BATCH + 1, BATCH):
                yield order[at : at + BATCH]

    return batches(), len(chosen) // BATCH


def drawn(odds, steps, rng):
    """Indices of as many batches as steps, drawn at random."""
    return (rng.choice(len(odds), BATCH, p=odds) for _ in range(steps))


def train(net, regions, batches, steps, rng, pace, decay=1e-5, every=500, report=None):
    """The network fitted to batches of the regions, as many as steps: the average of its last steps.

    What crops add is learnt from nothing. report: called every so many steps with the means of loss and cover's error since.
    """
    names = sorted(set(regions.crops) - {""})
    kinds = np.array([names.index(crop) + 1 if crop else 0 for crop in regions.crops])
    added = [np.zeros((max(len(names), 1), len(b)), np.float32) for b in net.biases[:-1]]
    parameters = average = jax.tree.map(jnp.asarray, (net.weights, net.contexts, net.biases, added))
    first = second = jax.tree.map(jnp.zeros_like, parameters)
    weight, seen = np.array(pace.weight, np.float32), []
    for step, pick in enumerate(batches, 1):
        shown = np.clip((varied(regions.x[pick].astype(np.float32), rng) - net.mean) * net.scale, -CLIP, CLIP)
        kind = kinds[pick] * (rng.uniform(size=len(pick)) < KIND_KNOWN)
        y = regions.y[pick].astype(np.float32)
        loss, gradient = _gradient(parameters, shown, y, regions.known[pick], kind, PULL, weight)
        seen.append(loss)
        now = pace.rate * 0.5 * (1 + np.cos(np.pi * step / steps)) * min(1, step / pace.warming)
        kept = min(pace.kept, step / (step + 20))
        parameters, first, second, average = _adam(parameters, first, second, average, gradient, now, float(step), decay, kept)
        if report and (step % every == 0 or step == steps):
            report(step, np.mean([[float(v) for v in pair] for pair in seen], axis=0))
            seen = []
    net.weights, net.contexts, net.biases, added = jax.tree.map(np.array, average)
    net.kinds = {name: [v[k] for v in added] for k, name in enumerate(names)}
    return net
