"""Homework 2, regression with a network: eleven short functions in four parts.

The page of the homework gives the mathematics, the data and what to hand in. Every
function returns its answer, prints nothing and leaves its arguments as they are, and
copes with the 22,219 records that you use: no table with a row and a column for each.
NumPy is enough, and SciPy for a minimum; compare with a library afterwards.

Part (b) asks for one function a second time, in MATLAB. It goes into the file
loss_and_gradient.m beside this one and begins with

    function [loss, dW1, db1, dW2, db2] = loss_and_gradient(X, y, w, W1, b1, W2, b2)
"""

import numpy as np

# ---------------------------------------------------------------------------
# (a) The form of the field, and the terms of its earthquakes
# ---------------------------------------------------------------------------


def design_matrix(magnitude, distance_km, vs30_m_s, h_km):
    """Return one row of the field's functional form for each record.

    Parameters
    ----------
    magnitude : ndarray, shape (n_records,)
        Magnitude M of the record's earthquake.
    distance_km : ndarray, shape (n_records,)
        Distance R to the rupture [km].
    vs30_m_s : ndarray, shape (n_records,)
        Mean S-wave speed of the upper 30 m below the station [m/s].
    h_km : float
        The depth h [km] that keeps the logarithm finite near the rupture.

    Returns
    -------
    ndarray, shape (n_records, 7)
        The columns 1, M, M^2, log10(D), M log10(D), R and log10(vs30 / 760), where
        D = sqrt(R^2 + h^2) [km].
    """
    # BEGIN SOLUTION
    log_slant = np.log10(np.hypot(distance_km, h_km))
    size = np.asarray(magnitude, dtype=float)
    site = np.log10(vs30_m_s / 760)
    columns = [np.ones(len(size)), size, size**2, log_slant, size * log_slant]
    return np.column_stack([*columns, distance_km, site])
    # END SOLUTION


def tau_phi(residual, event_id):
    """Return the between-event and the within-event deviation of residuals.

    A residual is the term of its earthquake, drawn from N(0, tau^2), plus a rest of its
    own, drawn from N(0, phi^2). Return the pair that makes the residuals most likely,
    to three digits. No mean is taken off: what all residuals share counts as if the
    earthquakes did.

    Parameters
    ----------
    residual : ndarray, shape (n_records,)
        What was measured minus what was predicted.
    event_id : ndarray, shape (n_records,)
        The earthquake of each record: numbers or text, in any order.

    Returns
    -------
    tuple of (float, float)
        tau and phi, in the unit of the residuals. Where the earthquakes agree better
        than chance would have it, tau is 0, or less than a hundredth of phi.
    """
    # BEGIN SOLUTION
    from scipy.optimize import minimize_scalar

    _, event = np.unique(event_id, return_inverse=True)
    size = np.bincount(event)
    mean = np.bincount(event, residual) / size
    within = np.sum((residual - mean[event]) ** 2)
    n_records = len(residual)

    def phi_squared(ratio):
        return (within + np.sum(size * mean**2 / (1 + size * ratio))) / n_records

    def badness(log_ratio):
        ratio = np.exp(log_ratio)
        return n_records * np.log(phi_squared(ratio)) + np.log1p(size * ratio).sum()

    best = minimize_scalar(badness, bounds=(-16, 16), options={"xatol": 1e-8})
    ratio = np.exp(best.x)
    phi = np.sqrt(phi_squared(ratio))
    return phi * np.sqrt(ratio), phi
    # END SOLUTION


def fit_with_event_terms(A, y, event_id):
    """Fit a linear model whose errors hang together within an earthquake.

    The model is y = A c + the term of the earthquake + a rest, with the two deviations
    of `tau_phi`. Return what makes y most likely.

    Parameters
    ----------
    A : ndarray, shape (n_records, n_coefficients)
        Design matrix of full rank, with a column of ones.
    y : ndarray, shape (n_records,)
        What was measured.
    event_id : ndarray, shape (n_records,)
        The earthquake of each record: numbers or text, in any order.

    Returns
    -------
    tuple of (ndarray of shape (n_coefficients,), float, float)
        The coefficients c, each to a fiftieth of its standard error, tau and phi.
    """
    # BEGIN SOLUTION
    _, event = np.unique(event_id, return_inverse=True)
    size = np.bincount(event)

    def less_of_the_mean(values, share):
        mean = np.bincount(event, values) / size
        return values - (share * mean)[event]

    coefficients = np.linalg.lstsq(A, y)[0]
    for _ in range(50):
        tau, phi = tau_phi(y - A @ coefficients, event_id)
        share = 1 - phi / np.sqrt(phi**2 + size * tau**2)
        columns = [less_of_the_mean(column, share) for column in A.T]
        rows = np.column_stack(columns)
        coefficients = np.linalg.lstsq(rows, less_of_the_mean(y, share))[0]
    return coefficients, tau, phi
    # END SOLUTION


def event_terms(residual, event_id, tau, phi):
    """Return the most likely term of the earthquake of each record.

    Parameters
    ----------
    residual : ndarray, shape (n_records,)
        What was measured minus what was predicted.
    event_id : ndarray, shape (n_records,)
        The earthquake of each record: numbers or text, in any order.
    tau, phi : float
        Between-event and within-event deviation, tau 0 or more, phi above 0.

    Returns
    -------
    ndarray, shape (n_records,)
        The term of the record's earthquake: the mean of its residuals, drawn towards 0
        the more, the fewer they are.
    """
    # BEGIN SOLUTION
    _, event = np.unique(event_id, return_inverse=True)
    total = np.bincount(event, residual)
    terms = total * tau**2 / (np.bincount(event) * tau**2 + phi**2)
    return terms[event]
    # END SOLUTION


# ---------------------------------------------------------------------------
# (b) A network that says how sure it is
# ---------------------------------------------------------------------------


def event_weights(event_id):
    """Return a weight for each record, so that all earthquakes weigh alike.

    Parameters
    ----------
    event_id : ndarray, shape (n_records,)
        The earthquake of each record: numbers or text, in any order.

    Returns
    -------
    ndarray, shape (n_records,)
        The weights of the records of an earthquake are equal to one another. Those of
        all records add up to 1, and so each of G earthquakes has 1/G of it.
    """
    # BEGIN SOLUTION
    _, event, size = np.unique(event_id, return_inverse=True, return_counts=True)
    return 1 / (len(size) * size[event])
    # END SOLUTION


def forward(X, parameters):
    """Return what a network with one hidden layer answers.

    Hidden units are tanh(X W1 + b1). Both outputs are linear in them: the first is the
    mean, the second the natural logarithm of the deviation sigma.

    Parameters
    ----------
    X : ndarray, shape (n_records, n_features)
        Features, standardised.
    parameters : list of four ndarray
        W1, shape (n_features, n_hidden); b1, shape (n_hidden,); W2, shape
        (n_hidden, 2); b2, shape (2,).

    Returns
    -------
    tuple of two ndarray, each of shape (n_records,)
        The mean and ln(sigma) of each record.
    """
    # BEGIN SOLUTION
    W1, b1, W2, b2 = parameters
    mean, log_sigma = (np.tanh(X @ W1 + b1) @ W2 + b2).T
    return mean, log_sigma
    # END SOLUTION


def loss_and_gradient(X, y, weight, parameters):
    """Return the loss of the network and its gradient by all parameters.

    The loss is the sum over the records of weight * (s + (y - mean)^2 / (2 sigma^2)),
    with s = ln(sigma): but for a constant, what a normal distribution of this mean and
    deviation makes of y, as minus the logarithm of its likelihood.

    Parameters
    ----------
    X : ndarray, shape (n_records, n_features)
        Features, standardised.
    y : ndarray, shape (n_records,)
        What was measured.
    weight : ndarray, shape (n_records,)
        Weight of each record; they need not add up to 1.
    parameters : list of four ndarray
        As for `forward`.

    Returns
    -------
    tuple of (float, list of four ndarray)
        The loss, and its derivatives by W1, b1, W2 and b2, in these shapes.
    """
    # BEGIN SOLUTION
    W1, b1, W2, b2 = parameters
    hidden = np.tanh(X @ W1 + b1)
    mean, log_sigma = (hidden @ W2 + b2).T
    score = (y - mean) * np.exp(-log_sigma)
    loss = weight @ (log_sigma + score**2 / 2)
    by_mean = -weight * score * np.exp(-log_sigma)
    by_log_sigma = weight * (1 - score**2)
    by_output = np.column_stack([by_mean, by_log_sigma])
    by_input = by_output @ W2.T * (1 - hidden**2)
    first = [X.T @ by_input, by_input.sum(axis=0)]
    return loss, [*first, hidden.T @ by_output, by_output.sum(axis=0)]
    # END SOLUTION


def train(
    X,
    y,
    event_id,
    parameters,
    eta,
    momentum,
    longest,
    events_per_batch,
    n_epochs,
    random_state,
):
    """Train the network in batches of whole earthquakes, in which all weigh alike.

    Every epoch deals the earthquakes anew, at random, into batches of
    `events_per_batch` of them; the last batch of an epoch may hold fewer. For each
    batch in turn, take the gradient of the loss on its records, with the weights that
    `event_weights` gives to these. Where the gradient is longer than `longest`, shorten
    it to that length: the length is the root of the sum of all squares, over all four
    parameters together. Then

        velocity = momentum * velocity - step * gradient
        parameters = parameters + velocity

    The velocity is 0 before the first batch and is kept from epoch to epoch. The step
    is eta in the first epoch and falls in equal portions, so that it would be 0 in the
    epoch after the last: with four epochs it is eta, 3/4 eta, 1/2 eta and 1/4 eta.

    Parameters
    ----------
    X, y : ndarray
        As for `loss_and_gradient`.
    event_id : ndarray, shape (n_records,)
        The earthquake of each record: numbers or text, in any order.
    parameters : list of four ndarray
        Where to begin; the arrays stay as they are.
    eta, momentum, longest : float
        Learning rate of the first epoch, share of the velocity that is kept, and
        length of the longest gradient.
    events_per_batch, n_epochs : int
        Earthquakes in a batch, and number of epochs.
    random_state : int
        Seed: the same seed gives the same answer.

    Returns
    -------
    tuple of (list of four ndarray, ndarray of shape (n_epochs,))
        The trained parameters, and the loss of all records after each epoch, all
        earthquakes weighing alike.
    """
    # BEGIN SOLUTION
    rng = np.random.default_rng(random_state)
    names = np.unique(event_id)
    rows_of = [np.flatnonzero(event_id == name) for name in names]
    everywhere = event_weights(event_id)
    now = [np.array(one, dtype=float) for one in parameters]
    velocity = [np.zeros_like(one) for one in now]
    losses = []
    for epoch in range(n_epochs):
        step = eta * (1 - epoch / n_epochs)
        order = rng.permutation(len(names))
        for first in range(0, len(names), events_per_batch):
            batch = order[first : first + events_per_batch]
            rows = np.concatenate([rows_of[event] for event in batch])
            weight = event_weights(event_id[rows])
            gradient = loss_and_gradient(X[rows], y[rows], weight, now)[1]
            length = np.sqrt(sum(np.sum(one**2) for one in gradient))
            cut = min(1, longest / length)
            for k in range(4):
                velocity[k] = momentum * velocity[k] - step * cut * gradient[k]
                now[k] = now[k] + velocity[k]
        losses.append(loss_and_gradient(X, y, everywhere, now)[0])
    return now, np.array(losses)
    # END SOLUTION


# ---------------------------------------------------------------------------
# (c) Scores and intervals for a new earthquake
# ---------------------------------------------------------------------------


def scores(error, event_id):
    """Return the error for the next record and that for the next earthquake.

    Parameters
    ----------
    error : ndarray, shape (n_records,)
        What was measured minus what was predicted.
    event_id : ndarray, shape (n_records,)
        The earthquake of each record: numbers or text, in any order.

    Returns
    -------
    ndarray, shape (2,)
        Two root-mean-square errors: with all records, and with all earthquakes,
        weighing alike. The second is the root of the mean over the earthquakes of the
        mean square of each.
    """
    # BEGIN SOLUTION
    squares = error**2
    return np.sqrt([squares.mean(), event_weights(event_id) @ squares])
    # END SOLUTION


def conformal_half_width(score, event_id, level):
    """Return the half-width of an interval that covers a record of a new earthquake.

    Each of the G earthquakes that calibrate has the weight 1 / (G + 1), shared evenly
    by its records; the rest belongs to the earthquake that is to come, whose scores
    nobody knows. The half-width is the smallest of the scores for which all scores up
    to it, itself included, have at least the weight `level` together.

    Parameters
    ----------
    score : ndarray, shape (n_records,)
        How far each record of the earthquakes that calibrate was missed, never
        negative: |y - mean|, or that divided by the sigma of the network.
    event_id : ndarray, shape (n_records,)
        The earthquake of each record: numbers or text, in any order.
    level : float
        Share to be covered, such as 0.9. Weights that add up to it but for 1e-9 count
        as having reached it.

    Returns
    -------
    float
        The half-width, or infinity if all scores together have not enough weight.
    """
    # BEGIN SOLUTION
    n_events = len(np.unique(event_id))
    order = np.argsort(score)
    reached = np.cumsum(event_weights(event_id)[order]) * n_events / (n_events + 1)
    enough = reached >= level - 1e-9
    return score[order][enough][0] if enough.any() else np.inf
    # END SOLUTION


# ---------------------------------------------------------------------------
# (d) Three questions
# ---------------------------------------------------------------------------


def three_rmse(model, X, y, event_id, station_id, n_folds, random_state):
    """Test a model on new earthquakes, and on new earthquakes at new stations.

    The earthquakes are dealt at random into `n_folds` parts, and so are the stations;
    of either, the numbers in two parts differ by one at most. The records of part k of
    the earthquakes at part k of the stations are tested, for each k in turn, by a
    model that is fitted three times, to

    1. all records of the other earthquakes;
    2. as many of those, drawn at random without replacement, as the third has;
    3. the records of the other earthquakes at the other stations.

    A part k without records to test is passed over.

    Parameters
    ----------
    model : object
        Has `fit(X, y)`, which forgets what it learnt before, and `predict(X)`; you may
        count on nothing else, nor on `fit` to return anything.
    X : ndarray, shape (n_records, n_features)
        Features.
    y : ndarray, shape (n_records,)
        What was measured.
    event_id, station_id : ndarray, shape (n_records,)
        Earthquake and station of each record: numbers or text, in any order.
    n_folds : int
        Number of parts of either kind.
    random_state : int
        Seed: the same seed gives the same answer.

    Returns
    -------
    ndarray, shape (3,)
        Root-mean-square error of the three, over all records that were tested.
    """
    # BEGIN SOLUTION
    rng = np.random.default_rng(random_state)
    parts = []
    for labels in (event_id, station_id):
        names, place = np.unique(labels, return_inverse=True)
        parts.append((rng.permutation(len(names)) % n_folds)[place])
    of_event, of_station = parts
    squares = [[], [], []]
    for k in range(n_folds):
        asked = (of_event == k) & (of_station == k)
        if not asked.any():
            continue
        known = np.flatnonzero(of_event != k)
        strangers = np.flatnonzero((of_event != k) & (of_station != k))
        fewer = rng.choice(known, len(strangers), replace=False)
        for kept, rows in zip(squares, (known, fewer, strangers), strict=True):
            model.fit(X[rows], y[rows])
            kept.append((y[asked] - model.predict(X[asked])) ** 2)
    return np.sqrt([np.concatenate(kept).mean() for kept in squares])
    # END SOLUTION


# BEGIN SOLUTION
LOSS_AND_GRADIENT_M = """
function [loss, dW1, db1, dW2, db2] = loss_and_gradient(X, y, w, W1, b1, W2, b2)
hidden = tanh(bsxfun(@plus, X * W1, b1));
output = bsxfun(@plus, hidden * W2, b2);
mean_y = output(:, 1);
log_sigma = output(:, 2);
score = (y - mean_y) .* exp(-log_sigma);
loss = sum(w .* (log_sigma + score.^2 / 2));
by_mean = -w .* score .* exp(-log_sigma);
by_output = [by_mean, w .* (1 - score.^2)];
by_input = (by_output * W2') .* (1 - hidden.^2);
dW1 = X' * by_input;
db1 = sum(by_input, 1);
dW2 = hidden' * by_output;
db2 = sum(by_output, 1);
end
"""
# END SOLUTION
