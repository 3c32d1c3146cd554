"""Writes and reads the file of weights that the program takes."""

import numpy as np


def _numbers(word, values):
    text = [f"{v:.6g}" for v in np.asarray(values, np.float64).ravel()]
    lines = [" ".join(text[k : k + 12]) for k in range(0, len(text), 12)]
    return f"{word} " + "\n  ".join(lines) + "\n"


def write(path, net, card):
    """The network with its card, a text whose lines become comments."""
    sizes = [net.weights[0].shape[0], *(w.shape[1] for w in net.weights)]
    text = "".join(f"# {line}".rstrip() + "\n" for line in card.strip().splitlines())
    text += "sizes " + " ".join(map(str, sizes)) + "\n" + _numbers("mean", net.mean) + _numbers("scale", net.scale)
    for w, b in zip(net.weights, net.biases):
        text += _numbers("weights", w.T) + _numbers("biases", b)
    path.write_text(text, encoding="utf-8")


def read(path):
    """The network of a file of weights."""
    from network import Network

    words = [w for line in path.read_text(encoding="utf-8").splitlines() for w in line.split("#")[0].split()]
    groups = []
    for word in words:
        if word.isalpha():
            groups.append([])
        else:
            groups[-1].append(float(word))
    sizes = [int(v) for v in groups[0]]
    net = Network(sizes, np.array(groups[1]), np.array(groups[2]), np.random.default_rng(0))
    for k, (a, b) in enumerate(zip(sizes, sizes[1:])):
        net.weights[k] = np.array(groups[3 + 2 * k], np.float32).reshape(b, a).T
        net.biases[k] = np.array(groups[4 + 2 * k], np.float32)
    return net
