"""Two networks against each other: by hand, against nudges, the formula and Keras."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlearth.learners import (
    adversarial_blame,
    adversarial_losses,
    adversarial_step,
    adversarial_walk,
    critic_gradient,
    forward,
    generator_gradient,
    initial_weights,
    input_slopes,
    optimal_discriminator,
    pack,
    slope_penalty,
    unpack,
)
from mlearth.networks import (
    dense_contestants,
    dense_network,
    generate_from,
    load_keras,
    load_tensorflow,
    train_wasserstein,
    waveform_contestants,
)
from mlearth.networks.adversarial import slope_miss

pytestmark = pytest.mark.tf
CONTESTS = ["minimax", "non_saturating", "wasserstein"]
SMOOTH = ["tanh", "sigmoid", "identity"]  # a nudge across the kink of relu misleads
RNG = np.random.default_rng(0)
REAL, NOISE = RNG.normal(1, 1, (7, 3)), RNG.normal(size=(5, 2))
MIXED = RNG.normal(size=(11, 3))
GENERATOR, CRITIC = [2, 5, 4, 3], [3, 6, 4, 1]


def pair(seed=1):
    """A generator and a critic, with biases that are not zero."""
    rng = np.random.default_rng(seed)
    return [
        unpack(0.5 * rng.normal(size=pack(initial_weights(sizes)).size), sizes)
        for sizes in (GENERATOR, CRITIC)
    ]


def nudged(loss, layers, sizes, step=1e-5):
    """Slopes of a loss by all weights, found by nudging each."""
    theta = pack(layers)
    return np.array(
        [
            (loss(unpack(theta + h, sizes)) - loss(unpack(theta - h, sizes)))
            / (2 * step)
            for h in step * np.eye(theta.size)
        ]
    )


# the best discriminator


DENSITY = st.one_of(st.just(0.0), st.floats(1e-100, 1e6))  # ratios do not underflow


@given(st.lists(st.tuples(DENSITY, DENSITY), min_size=1, max_size=9))
def test_no_other_discriminator_does_better(densities):
    """p log D + q log(1 - D) is largest at p / (p + q), at every place."""
    p, q = np.array(densities).T
    best = optimal_discriminator(p, q)
    assert (best >= 0).all()
    assert (best <= 1).all()

    def value(D, rest):
        with np.errstate(divide="ignore", invalid="ignore"):
            real = np.where(p > 0, p * np.log(D), 0)
            return real + np.where(q > 0, q * np.log(rest), 0)

    # what is left to the made samples, without the rounding of 1 - D
    most = value(best, optimal_discriminator(q, p))
    for other in (0.1, 0.3, 0.5, 0.77):
        # both values are rounded: parts in 1e12 of the larger density
        assert (most >= value(other, 1 - other) - 1e-12 * (p + q)).all()


def test_two_normal_laws_leave_a_logistic_discriminator():
    """Of two normal densities of one spread D is logistic in x: the books agree."""
    x = np.linspace(-3, 5, 33)
    p, q = (np.exp(-((x - centre) ** 2) / 2) for centre in (2, 0))
    # log p - log q = 2 x - 2
    np.testing.assert_allclose(
        optimal_discriminator(p, q), 1 / (1 + np.exp(2 - 2 * x)), rtol=1e-12
    )
    assert optimal_discriminator([0.0, 2e-308], [0.0, 1e-308]) == pytest.approx(
        [0.5, 2 / 3]
    )


# losses and their derivatives


def test_losses_by_hand():
    """One score of either kind, 0 and log 3: probabilities of 1/2 and 3/4."""
    scores = [0.0], [np.log(3)]
    critic, generator = adversarial_losses(*scores, "minimax")
    assert critic == pytest.approx(np.log(2) + np.log(4))
    assert generator == pytest.approx(np.log(1 / 4))
    assert adversarial_losses(*scores)[1] == pytest.approx(-np.log(3 / 4))
    assert adversarial_losses([1.0, 3.0], [5.0], "wasserstein") == (3.0, -5.0)


def test_minimax_is_a_game_of_one_sum():
    """What the generator gains the critic loses, up to what real samples add."""
    real, made = RNG.normal(size=4), RNG.normal(size=6)
    critic, generator = adversarial_losses(real, made, "minimax")
    assert critic + generator == pytest.approx(np.logaddexp(0, -real).mean())


@pytest.mark.parametrize("contest", CONTESTS)
def test_blame_is_the_slope_of_both_losses(contest):
    """Each score is nudged; large ones do not overflow."""
    real, made = RNG.normal(size=4), RNG.normal(size=6)
    found = adversarial_blame(real, made, contest)
    for k, h in enumerate(1e-6 * np.eye(10)):
        up, down = (
            adversarial_losses(real + s * h[:4], made + s * h[4:], contest)
            for s in (1, -1)
        )
        slopes = np.subtract(up, down) / 2e-6
        # rounding over the step, some 1e-10
        assert slopes[0] == pytest.approx(np.r_[found[0], found[1]][k], abs=1e-8)
        if k >= 4:
            assert slopes[1] == pytest.approx(found[2][k - 4], abs=1e-8)
    far = adversarial_blame([1e4, -1e4], [-1e4], contest)
    assert all(np.isfinite(each).all() for each in far)


def test_minimax_saturates_where_the_other_does_not():
    """A sample that is found out for sure: one slope is nothing, the other is one."""
    flat = adversarial_blame([0.0], [-40.0], "minimax")[2]
    steep = adversarial_blame([0.0], [-40.0], "non_saturating")[2]
    assert abs(flat[0]) < 1e-15
    assert steep[0] == pytest.approx(-1)


# gradients of both networks


@pytest.mark.parametrize("activation", SMOOTH)
def test_slopes_by_the_input_are_slopes(activation):
    """Nudge each feature of each sample."""
    critic = pair()[1]
    found = input_slopes(critic, REAL, activation)
    for k, h in enumerate(1e-6 * np.eye(3)):
        up, down = (forward(critic, REAL + s * h, activation)[-1] for s in (1, -1))
        # rounding over the step, some 1e-10
        np.testing.assert_allclose((up - down)[:, 0] / 2e-6, found[:, k], atol=1e-8)


@pytest.mark.parametrize("activation", SMOOTH)
@pytest.mark.parametrize("sizes", [[3, 6, 4, 1], [3, 5, 1], [3, 1], [1, 4, 4, 4, 1]])
def test_the_penalty_and_its_gradient(sizes, activation):
    """Its value from the slopes, its gradient from nudges, for any depth."""
    critic = initial_weights(sizes, random_state=3)
    X = RNG.normal(size=(11, sizes[0]))
    penalty, gradient = slope_penalty(critic, X, activation)
    norms = np.linalg.norm(input_slopes(critic, X, activation), axis=1)
    assert penalty == pytest.approx(np.mean((norms - 1) ** 2))
    slopes = nudged(lambda c: slope_penalty(c, X, activation)[0], critic, sizes)
    # central differences of step 1e-5: some 1e-9
    np.testing.assert_allclose(pack(gradient), slopes, atol=1e-7)


def test_the_penalty_with_relu_is_that_of_tensorflow():
    """A tape on a tape finds what we derived, kinks included; dead samples give 0."""
    critic = initial_weights([3, 8, 8, 1], random_state=3)
    penalty, gradient = slope_penalty(critic, MIXED, "relu")
    tf = load_tensorflow()
    theta = [tf.Variable(part) for layer in critic for part in layer]

    def net(given):
        h = given[0]
        for W, b in ((theta[0], theta[1]), (theta[2], theta[3])):
            h = tf.nn.relu(h @ W + b)
        return h @ theta[4] + theta[5]

    with tf.GradientTape() as tape:
        miss = slope_miss(tf, net, tf.constant(MIXED), None)
    zero = tf.UnconnectedGradients.ZERO
    theirs = tape.gradient(miss, theta, unconnected_gradients=zero)
    # theirs adds 1e-12 under the root
    assert penalty == pytest.approx(float(miss), abs=1e-9)
    flat = np.concatenate([g.numpy().ravel() for g in theirs])
    np.testing.assert_allclose(pack(gradient), flat, atol=1e-9)
    dead = [(np.zeros((3, 2)), np.zeros(2)), (np.ones((2, 1)), np.zeros(1))]
    value, flat = slope_penalty(dead, MIXED, "relu")
    assert value == 1
    assert np.abs(pack(flat)).max() == 0


@pytest.mark.parametrize("contest", CONTESTS)
@pytest.mark.parametrize("activation", SMOOTH)
def test_both_gradients_are_slopes(contest, activation):
    """The critic's with its penalty, and the generator's through the critic."""
    generator, critic = pair()
    made = forward(generator, NOISE, activation)[-1]

    def score(c, x):
        return forward(c, x, activation)[-1][:, 0]

    def critic_loss(c):
        loss = adversarial_losses(score(c, REAL), score(c, made), contest)[0]
        return loss + 0.7 * slope_penalty(c, MIXED, activation)[0]

    def generator_loss(g):
        x = forward(g, NOISE, activation)[-1]
        return adversarial_losses(score(critic, x), score(critic, x), contest)[1]

    found = critic_gradient(critic, REAL, made, contest, activation, 0.7, MIXED)
    # central differences of step 1e-5: some 1e-9
    np.testing.assert_allclose(
        pack(found), nudged(critic_loss, critic, CRITIC), atol=1e-7
    )
    found = generator_gradient(generator, critic, NOISE, contest, activation)
    np.testing.assert_allclose(
        pack(found), nudged(generator_loss, generator, GENERATOR), atol=1e-7
    )


def test_the_generator_has_the_gradient_of_keras():
    """The tape of TensorFlow through both networks, in double precision."""
    generator, critic = pair()
    tf = load_tensorflow()
    nets = [dense_network(layers) for layers in (generator, critic)]
    with tf.GradientTape() as tape:
        score = nets[1](nets[0](NOISE))
        loss = tf.reduce_mean(tf.nn.softplus(-score))
    theirs = tape.gradient(loss, nets[0].trainable_variables)
    ours = generator_gradient(generator, critic, NOISE)
    flat = np.concatenate([g.numpy().ravel() for g in theirs])
    # sums of some ten products
    np.testing.assert_allclose(pack(ours), flat, atol=1e-12)


# steps and walks


def test_a_step_moves_the_critic_and_then_the_generator():
    """The generator meets the critic that has moved; nothing that came is changed."""
    generator, critic = pair()
    kept = pack(generator), pack(critic)
    noise, share = RNG.normal(size=(7, 2)), RNG.uniform(size=7)
    more = {"eta": 0.1, "penalty": 2.0, "share": share}
    G, C = adversarial_step(generator, critic, REAL, noise, "wasserstein", **more)
    made = forward(generator, noise)[-1]
    mixed = share[:, None] * REAL + (1 - share[:, None]) * made
    gradient = critic_gradient(critic, REAL, made, "wasserstein", "tanh", 2.0, mixed)
    np.testing.assert_allclose(pack(C), kept[1] - 0.1 * pack(gradient))
    slopes = generator_gradient(generator, C, noise, "wasserstein")
    np.testing.assert_allclose(pack(G), kept[0] - 0.1 * pack(slopes))
    assert all(map(np.array_equal, kept, (pack(generator), pack(critic))))


def test_a_walk_finds_a_normal_law():
    """Mean and spread of a law that one number of noise can make."""
    real = np.random.default_rng(0).normal(1.5, 0.5, (2000, 1))
    start = (
        initial_weights([1, 8, 1], random_state=1),
        initial_weights([1, 16, 1], random_state=2),
    )
    given = {"n_turns": 600, "eta": 0.005, "critic_steps": 2, "random_state": 0}
    G, _ = adversarial_walk(*start, real, "minimax", **given)
    made = forward(G, np.random.default_rng(1).normal(size=(1000, 1)))[-1]
    # the contest goes on: it is not still, but near
    assert made.mean() == pytest.approx(1.5, abs=0.3)
    assert made.std() == pytest.approx(0.5, abs=0.25)


def test_a_walk_repeats_itself():
    """One seed, one contest; another seed, another."""
    start = (
        initial_weights([1, 4, 3], random_state=1),
        initial_weights([3, 4, 1], random_state=2),
    )
    ends = [
        pack(adversarial_walk(*start, REAL, n_turns=3, random_state=s)[0])
        for s in (0, 0, 1)
    ]
    assert np.array_equal(ends[0], ends[1])
    assert not np.array_equal(ends[0], ends[2])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda g, c: optimal_discriminator([1.0, -1], [1, 1]), "p must be densities"),
        (lambda g, c: optimal_discriminator([1.0], [1.0, 1]), "q must be such that"),
        (lambda g, c: input_slopes(g, NOISE), "layers must be a network whose last"),
        (lambda g, c: critic_gradient(c, REAL, REAL, penalty=1.0), "mixed must be giv"),
        (lambda g, c: critic_gradient(c, REAL, NOISE), "made must be"),
        (lambda g, c: generator_gradient(g, c, REAL), "X must be a table with 2"),
        (lambda g, c: adversarial_step(g, c, REAL, NOISE, penalty=1.0), "share must"),
        (
            lambda g, c: adversarial_step(
                g, c, REAL, NOISE, penalty=1.0, share=np.ones(7) / 2
            ),
            "noise must be 7 rows",
        ),
        (lambda g, c: adversarial_walk(c, c, REAL), "generator must be a network that"),
    ],
)
def test_what_does_not_fit_is_refused(call, words):
    """The error names the argument and what would fit."""
    with pytest.raises(ValueError, match=re.escape(words)):
        call(*pair())


# in Keras


def test_a_conditional_contest_learns_a_mean_that_hangs_on_its_condition():
    """Rows that are noise about their condition."""
    rng = np.random.default_rng(0)
    c = rng.uniform(-1.7, 1.7, (1500, 1))
    X = c + 0.3 * rng.normal(size=(1500, 2))
    networks = dense_contestants(2, 1, 4, 16)
    kept = networks[0].get_weights()
    contest = train_wasserstein(*networks, X, c, 300, eta=0.01)
    assert contest.distances.shape == contest.penalties.shape == (300,)
    made = generate_from(networks[0], c, random_state=1)
    assert not np.array_equal(kept[0], networks[0].get_weights()[0])
    # that of the rows themselves is 0.96
    assert np.corrcoef(made[:, 0], c[:, 0])[0, 1] > 0.8
    assert np.array_equal(made, generate_from(networks[0], c, random_state=1))


def test_record_networks_have_the_shapes_they_say():
    """A row is a record and its size; the critic gives one score."""
    generator, critic = waveform_contestants(128, 2, 5, 4)
    row = generate_from(generator, np.ones((3, 2)))
    assert row.shape == (3, 129)
    assert critic([row, np.ones((3, 2))]).shape == (3, 1)
    train_wasserstein(generator, critic, row, np.ones((3, 2)), 1, n_batch=2)
    with pytest.raises(ValueError, match="n_samples must be a multiple of 64"):
        waveform_contestants(100)


@pytest.mark.parametrize(
    ("X", "c", "words"),
    [
        (np.ones((4, 3)), np.ones((4, 1)), "X must be a table of 2 columns"),
        (np.ones((4, 2)), np.ones((4, 2)), "conditions must be a table of 1 columns"),
        (np.ones((4, 2)), np.ones((5, 1)), "conditions must be such that n_samples"),
    ],
)
def test_tables_that_do_not_fit_the_networks_are_refused(X, c, words):
    """They are named before anything is trained."""
    with pytest.raises(ValueError, match=re.escape(words)):
        train_wasserstein(*dense_contestants(2, 1), X, c, 1)
    assert load_keras()
