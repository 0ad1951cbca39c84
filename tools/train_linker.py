"""Train the network of `mlearth.networks.link_probability`, and write its weights.

Run ``python tools/train_linker.py`` from the top: four minutes on one core. Each step
meets windows of a network, an hour and a density that were never drawn before. Another
machine sums in another order, so the weights differ in their last digits and the file
has another checksum: then mend that in ``tests/test_pick_linker.py``, and see there
whether the scores still hold.
"""

import sys

import numpy as np

from mlearth.networks import load_keras, pick_windows, window_features
from mlearth.networks.pick_linker import WEIGHTS
from mlearth.simulators import Picker, Seismicity, make_network, simulate_picks

LENGTH, LONGEST_S, UNITS, BATCH, RATE = 96, 30.0, 32, 256, 4e-3
STEPS = 1600


def draw(seed: int):
    """Return features and links of one batch of windows, of a network of its own."""
    rng = np.random.default_rng(seed)
    a_minute = 10 ** rng.uniform(np.log10(0.5), 1)
    false = 0.2 * a_minute ** rng.uniform(0.4, 1.3)
    network = make_network("random", 20, 100.0, random_state=seed)
    made = simulate_picks(
        network,
        Seismicity(400.0, rate_per_hour=60 * a_minute),
        Picker(false_per_hour=60 * false),
        random_state=seed,
    )
    picks, event = made.data.picks, made.truth.event
    windows = pick_windows(picks.time_s, LENGTH, LONGEST_S)
    windows = windows[rng.permutation(len(windows))[:BATCH]]
    root = event[windows[:, :1]]
    links = (event[windows] == root) & (root >= 0) & (windows >= 0)
    return window_features(picks, network, windows), links, windows >= 0


def build(keras):
    """Return the network: two recurrent layers, each both ways, and one unit."""
    inputs = keras.Input((LENGTH, 6))
    there = keras.Input((LENGTH,), dtype="bool")
    state = inputs
    for name in ("first", "second"):
        layer = keras.layers.GRU(UNITS, return_sequences=True)
        state = keras.layers.Bidirectional(layer, name=name)(state, mask=there)
    return keras.Model([inputs, there], keras.layers.Dense(1, name="last")(state))


def train(n_steps: int = STEPS):
    """Return a trained network and its losses."""
    keras = load_keras()
    import tensorflow as tf

    keras.utils.set_random_seed(0)
    tf.config.experimental.enable_op_determinism()
    network = build(keras)
    walk = keras.optimizers.Adam(RATE, global_clipnorm=1.0)

    @tf.function
    def step(x, links, there):
        with tf.GradientTape() as tape:
            logit = network([x, there], training=True)[..., 0]
            loss = tf.nn.sigmoid_cross_entropy_with_logits(links, logit)
            loss = tf.reduce_sum(loss * tf.cast(there, loss.dtype))
            loss /= tf.reduce_sum(tf.cast(there, loss.dtype))
        slopes = tape.gradient(loss, network.trainable_variables)
        walk.apply_gradients(zip(slopes, network.trainable_variables, strict=True))
        return loss

    losses, seed = [], 10_000
    while len(losses) < n_steps:
        walk.learning_rate.assign(RATE * (1 - len(losses) / n_steps) + 1e-5)
        x, links, there = draw(seed)
        seed += 1
        if len(x) < BATCH:
            continue
        x, links = x.astype("float32"), links.astype("float32")
        losses.append(float(step(x, links, there)))
        if len(losses) % 100 == 0:
            print(len(losses), round(np.mean(losses[-100:]), 4), flush=True)
    return network, losses


def save(network) -> None:
    """Write the weights under the names that `linker_weights` reads."""
    arrays = {}
    for name in ("first", "second"):
        both = network.get_layer(name).get_weights()
        for way, parts in (("ahead", both[:3]), ("back", both[3:])):
            for part, values in zip("WUb", parts, strict=True):
                arrays[f"{name}_{way}_{part}"] = values
    arrays["last_W"], arrays["last_b"] = network.get_layer("last").get_weights()
    np.savez_compressed(WEIGHTS, **arrays)


if __name__ == "__main__":
    trained, _ = train(int(sys.argv[1]) if len(sys.argv) > 1 else STEPS)
    save(trained)
