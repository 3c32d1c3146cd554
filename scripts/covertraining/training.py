"""Fits the plant model to regions of pictures, with JAX."""

import jax
import jax.numpy as jnp
import numpy as np

from network import CLIP, LEAST_VARIANCE, Network

SUMS = np.array([[0, 1, 1, 1, 1], [0, 1, 0, 1, 1], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]], np.float32)
"""Classes that make up vegetation cover, canopy cover, bloom and ripe colour."""

WEIGHT = np.array([1, 0.5, 6, 6], np.float32)
"""Weight of the sums' errors in a region: blossom and ripe fruit are rare, but a few per cent of them matter."""

SETTLED = np.array([12.5, 0.5, 6, 6], np.float32)
"""The same for a network that knows its blocks and is to settle on cover."""

SETTLING_RATE = 1e-3

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


def train(x, y, known, crops, hidden, epochs, seed, pull=12.0, batch=24, rate=3e-3, decay=1e-5, report=None, start=None,
          weight=WEIGHT):
    """A network fitted to regions x (regions, n, features) and y (regions, n, classes): the average of its last steps.

    crops: of the regions, a name or "". start: a network to go on from, in place of a new one.
    """
    names = sorted(set(crops) - {""})
    kinds = np.array([names.index(crop) + 1 if crop else 0 for crop in crops])
    rng = np.random.default_rng(seed)
    flat = x.reshape(-1, x.shape[-1])
    some = flat[rng.integers(0, len(flat), 200_000)]
    net = start or Network([x.shape[-1], *hidden, y.shape[-1]], some.mean(0), 1 / (some.std(0) + 1e-6), rng, CONTEXTUAL)
    learnt = [net.kinds.get(name, [np.zeros_like(b) for b in net.biases[:-1]]) for name in names]
    parameters = average = jax.tree.map(jnp.asarray, (net.weights, net.contexts, net.biases, [np.stack(v) for v in zip(*learnt)]))
    first = second = jax.tree.map(jnp.zeros_like, parameters)
    # Regions with blossom or ripe fruit are shown three times.
    rare = np.flatnonzero((known > 0) & (y[..., 3:].mean(1).max(1) > 0.01))
    chosen = np.concatenate([np.arange(len(x)), rare, rare])
    steps, step = epochs * (len(chosen) // batch), 0
    for epoch in range(epochs):
        order, seen = rng.permutation(chosen), []
        for at in range(0, len(chosen) - batch + 1, batch):
            pick = order[at : at + batch]
            shown = np.clip((varied(x[pick], rng) - net.mean) * net.scale, -CLIP, CLIP)
            kind = kinds[pick] * (rng.uniform(size=len(pick)) < KIND_KNOWN)
            loss, gradient = _gradient(parameters, shown, y[pick].astype(np.float32), known[pick], kind, pull, weight)
            seen.append(loss)
            step += 1
            now = rate * 0.5 * (1 + np.cos(np.pi * step / steps)) * min(1, step / 200)
            kept = min(0.999, step / (step + 20))
            parameters, first, second, average = _adam(parameters, first, second, average, gradient, now, float(step), decay, kept)
        told = jax.tree.map(np.array, average)
        net.weights, net.contexts, net.biases, added = told
        net.kinds = {**net.kinds, **{name: [v[k] for v in added] for k, name in enumerate(names)}}
        if report:
            report(epoch, np.mean([[float(v) for v in pair] for pair in seen], axis=0), net)
    return net
