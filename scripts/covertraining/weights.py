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
    for w, v, b in zip(net.weights, net.contexts, net.biases):
        text += _numbers("weights", w.T) + ("" if v is None else _numbers("context", v.T)) + _numbers("biases", b)
    if net.kinds:
        text += "kinds\n" + "".join(_numbers(name, np.concatenate(added)) for name, added in sorted(net.kinds.items()))
    path.write_text(text, encoding="utf-8")


def read(path):
    """The network of a file of weights."""
    from network import Network

    words = [w for line in path.read_text(encoding="utf-8").splitlines() for w in line.split("#")[0].split()]
    groups = []
    for word in words:
        if word[0].isalpha():
            groups.append((word, []))
        else:
            groups[-1][1].append(float(word))
    (_, sizes), (_, mean), (_, scale), *layers = groups
    net = Network([int(v) for v in sizes], np.array(mean), np.array(scale), np.random.default_rng(0))
    k = 0
    for word, values in layers:
        if k == len(net.biases):
            if word != "kinds":
                net.kinds[word] = np.split(np.array(values, np.float32), np.cumsum([len(b) for b in net.biases[:-2]]))
            continue
        b = len(net.biases[k])
        if word == "biases":
            net.biases[k] = np.array(values, np.float32)
            k += 1
        else:
            (net.weights if word == "weights" else net.contexts)[k] = np.array(values, np.float32).reshape(b, -1).T
    return net
