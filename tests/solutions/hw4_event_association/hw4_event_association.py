"""Homework 4, from picks to events: eight short functions in three parts.

The page of the homework gives the task, the data and what to hand in. Every function
returns its answer, prints nothing and leaves its arguments as they are. NumPy is
enough, and SciPy for one assignment; compare with a library afterwards.

Part (a) asks for one function a second time, in MATLAB. It goes into the file
brightness.m beside this one and begins with

    function bright = brightness(origin_s, channel, weight, moment_s, half_width_s)
"""

import numpy as np

# ---------------------------------------------------------------------------
# (a) Back-projection
# ---------------------------------------------------------------------------


def origin_times(time_s, station, is_s, places_km, delay_s, nodes_km, p_km_s, s_km_s):
    """Return when each pick's earthquake began, if it struck at a node.

    The wave runs straight from the node to the station, and arrives as much later as
    the station's delay says.

    Parameters
    ----------
    time_s : ndarray, shape (n_picks,)
        Times of the picks [s].
    station : ndarray of int, shape (n_picks,)
        Row of the pick's station in `places_km`.
    is_s : ndarray of bool, shape (n_picks,)
        Whether the pick is an S.
    places_km : ndarray, shape (n_stations, 3)
        East, north and depth of the stations [km]; the depth of a station on a
        mountain is below 0.
    delay_s : ndarray, shape (n_stations, 2)
        Delays of P and of S at each station [s].
    nodes_km : ndarray, shape (n_nodes, 3)
        East, north and depth of the nodes [km].
    p_km_s, s_km_s : float
        Speeds of P and S [km/s].

    Returns
    -------
    ndarray, shape (n_nodes, n_picks)
        Origin times [s].
    """
    # BEGIN SOLUTION
    way_km = np.linalg.norm(nodes_km[:, None] - places_km[station], axis=2)
    wave = np.asarray(is_s).astype(int)
    speed = np.array([p_km_s, s_km_s])[wave]
    return time_s - delay_s[station, wave] - way_km / speed
    # END SOLUTION


def brightness(origin_s, channel, weight, moment_s, half_width_s):
    """Return how well the picks agree that an earthquake struck, there and then.

    A pick adds its weight where its origin time is the moment; less, evenly falling,
    where it is not; and nothing where it is `half_width_s` away or more. Of the picks
    of one channel, that is, of one phase at one station, only the one that adds most
    counts.

    Parameters
    ----------
    origin_s : ndarray, shape (n_nodes, n_picks)
        Origin times [s] of `origin_times`.
    channel : ndarray of int, shape (n_picks,)
        The channel of each pick: any whole numbers.
    weight : ndarray, shape (n_picks,)
        Weight of each pick, such as a picker's probability, > 0.
    moment_s : ndarray, shape (n_moments,)
        Moments [s], ascending.
    half_width_s : float
        Half the width of the triangle [s].

    Returns
    -------
    ndarray, shape (n_nodes, n_moments)
        Brightness, in the unit of the weights.
    """
    # BEGIN SOLUTION
    bright = np.zeros((len(origin_s), len(moment_s)))
    for one in np.unique(channel):
        most = np.zeros_like(bright)
        for pick in np.flatnonzero(channel == one):
            at = origin_s[:, pick]
            ends = at.min() - half_width_s, at.max() + half_width_s
            near = slice(*np.searchsorted(moment_s, ends))
            off = np.abs(at[:, None] - moment_s[near]) / half_width_s
            adds = weight[pick] * np.maximum(1 - off, 0)
            most[:, near] = np.maximum(most[:, near], adds)
        bright += most
    return bright
    # END SOLUTION


def find_peaks(bright, moment_s, least, apart_s):
    """Return the brightest places and moments, none near another in time.

    The first peak is the brightest of all. The next is the brightest of those moments
    that are `apart_s` or more away from every peak before, wherever these are; and so
    on, while it is as bright as `least`. Of equally bright ones the earliest is taken,
    and of these the one at the first node.

    Parameters
    ----------
    bright : ndarray, shape (n_nodes, n_moments)
        Brightness.
    moment_s : ndarray, shape (n_moments,)
        Its moments [s], ascending.
    least : float
        Brightness of the faintest peak.
    apart_s : float
        Shortest time between two peaks [s], > 0.

    Returns
    -------
    tuple of (ndarray of int, ndarray of float)
        Nodes and moments [s] of the peaks, each of shape (n_peaks,), the brightest
        first; both empty where nothing is as bright.
    """
    # BEGIN SOLUTION
    node = bright.argmax(axis=0)
    height = bright.max(axis=0).astype(float)
    taken = []
    while height.size and height.max() >= least:
        best = int(height.argmax())
        taken.append(best)
        height[np.abs(moment_s - moment_s[best]) < apart_s] = -np.inf
    taken = np.array(taken, dtype=int)
    return node[taken], np.asarray(moment_s, dtype=float)[taken]
    # END SOLUTION


def assign_picks(origin_s, channel, node, event_s, tolerance_s):
    """Give picks to events: as many as possible, and then as well as possible.

    A pick fits an event if its origin time at the event's node is at most `tolerance_s`
    from the event's time. Each pick has one event at most, and each event one pick of a
    channel at most. Of all ways to assign as many picks as can be, take the one with
    the smallest sum of misfits.

    Parameters
    ----------
    origin_s : ndarray, shape (n_nodes, n_picks)
        Origin times [s] of `origin_times`.
    channel : ndarray of int, shape (n_picks,)
        The channel of each pick.
    node : ndarray of int, shape (n_events,)
        Node of each event.
    event_s : ndarray, shape (n_events,)
        Origin time of each event [s].
    tolerance_s : float
        Largest misfit [s], itself included.

    Returns
    -------
    ndarray of int, shape (n_picks,)
        The event of each pick, counted from 0; -1 for none.
    """
    # BEGIN SOLUTION
    from scipy.optimize import linear_sum_assignment

    event = np.full(len(channel), -1)
    for one in np.unique(channel):
        picks = np.flatnonzero(channel == one)
        misfit = np.abs(origin_s[node][:, picks] - event_s[:, None])
        fits = misfit <= tolerance_s
        reward = np.where(fits, 2 * tolerance_s * (1 + len(picks)) - misfit, 0.0)
        row, column = linear_sum_assignment(reward, maximize=True)
        both = fits[row, column]
        event[picks[column[both]]] = row[both]
    return event
    # END SOLUTION


# BEGIN SOLUTION
BRIGHTNESS_M = """
function bright = brightness(origin_s, channel, weight, moment_s, half_width_s)
bright = zeros(size(origin_s, 1), numel(moment_s));
for one = unique(channel(:))'
    most = zeros(size(bright));
    for pick = find(channel(:)' == one)
        off = abs(bsxfun(@minus, origin_s(:, pick), moment_s(:)')) / half_width_s;
        most = max(most, weight(pick) * max(1 - off, 0));
    end
    bright = bright + most;
end
end
"""
# END SOLUTION

# ---------------------------------------------------------------------------
# (b) A network that links picks
# ---------------------------------------------------------------------------


def link_labels(event, windows):
    """Return what the network should say of each pick of a window, and what it counts.

    The first pick of a window is its root. Another is linked to it if one earthquake
    made both. The root itself teaches nothing and weighs nothing, and neither does an
    empty place. The others of a window weigh alike, together 1.

    Parameters
    ----------
    event : ndarray of int, shape (n_picks,)
        The earthquake that made each pick; -1 for a false pick.
    windows : ndarray of int, shape (n_windows, length)
        Rows of picks, the root first; -1 for an empty place.

    Returns
    -------
    tuple of (ndarray, ndarray)
        Labels, 1 for a link and 0 for none (also at the root and at empty places), and
        weights, both of shape (n_windows, length). A window of a root alone weighs 0.
    """
    # BEGIN SOLUTION
    follows = windows >= 0
    follows[:, 0] = False
    root = event[windows[:, :1]]
    linked = follows & (event[windows] == root) & (root >= 0)
    n_others = follows.sum(axis=1, keepdims=True)
    return linked.astype(float), follows / np.maximum(n_others, 1)
    # END SOLUTION


def groups_from_links(windows, probability, threshold, min_picks):
    """Make events of links: the largest group first.

    The group of a window is its root and the picks that are linked to it, with a
    probability of `threshold` or more. The group with most picks that are still free
    becomes the next event, of these picks; of equally many the first window. It ends
    where no group has `min_picks` free picks left.

    Parameters
    ----------
    windows : ndarray of int, shape (n_picks, length)
        Rows of picks; the root of window i is pick i, in its first place; -1 for an
        empty place.
    probability : ndarray, shape (n_picks, length)
        How likely each pick of a window is linked to its root. What stands at the root
        and at empty places means nothing.
    threshold : float
        Smallest probability of a link, itself included.
    min_picks : int
        Fewest picks of an event.

    Returns
    -------
    ndarray of int, shape (n_picks,)
        The event of each pick, numbered as they were made, from 0; -1 for none.
    """
    # BEGIN SOLUTION
    linked = (probability >= threshold) & (windows >= 0)
    linked[:, 0] = True
    event = np.full(len(windows), -1)
    number = 0
    while len(windows):
        free = linked & (event[windows] < 0)
        size = free.sum(axis=1)
        best = int(size.argmax())
        if size[best] < min_picks:
            break
        event[windows[best, free[best]]] = number
        number += 1
    return event
    # END SOLUTION


# ---------------------------------------------------------------------------
# (c) Scores
# ---------------------------------------------------------------------------


def event_scores(true_event, found_event, min_picks):
    """Count the events that were found, and say how pure they are.

    A found and a true event match if the picks that both have are more than half of
    those that one of them has or both. True events with fewer than `min_picks` picks
    count neither as true nor, where a found event matches them, as found.

    Parameters
    ----------
    true_event, found_event : ndarray of int, shape (n_picks,)
        The true and the found event of each pick, any numbers >= 0; -1 for none.
    min_picks : int
        Fewest picks of a true event that counts.

    Returns
    -------
    ndarray, shape (4,)
        Number of true events, of found events and of matches, and the purity: the share
        of a match's found picks that its true event made, averaged over the matches;
        NaN where nothing matches.
    """
    # BEGIN SOLUTION
    true, found = (
        [set(np.flatnonzero(event == one)) for one in np.unique(event[event >= 0])]
        for event in (np.asarray(true_event), np.asarray(found_event))
    )
    n_found, purity = len(found), []
    for ours in found:
        for theirs in true:
            if 2 * len(ours & theirs) > len(ours | theirs):
                if len(theirs) < min_picks:
                    n_found -= 1
                else:
                    purity.append(len(ours & theirs) / len(ours))
    n_true = sum(len(theirs) >= min_picks for theirs in true)
    mean = np.mean(purity) if purity else np.nan
    return np.array([n_true, n_found, len(purity), mean])
    # END SOLUTION


def f1_difference(counts_a, counts_b, draws):
    """Return by how much one associator's F1 is above another's, and an interval.

    Counts are added up over records, and the F1 of the sums is twice the matches over
    the true and the found events together. An interval comes from drawing records
    again, the same ones for both associators.

    Parameters
    ----------
    counts_a, counts_b : ndarray, shape (n_records, 3)
        True events, found events and matches of each record.
    draws : ndarray of int, shape (n_draws, n_records)
        The rows of the records that each draw holds; some twice, some not at all.

    Returns
    -------
    ndarray, shape (3,)
        F1 of a minus F1 of b over all records, and the 2.5 % and 97.5 % percentiles of
        the same over the draws.
    """

    # BEGIN SOLUTION
    def f1(counts):
        true, found, matched = np.moveaxis(counts, -1, 0)
        return 2 * matched.sum(axis=-1) / (true + found).sum(axis=-1)

    drawn = f1(counts_a[draws]) - f1(counts_b[draws])
    return np.array([f1(counts_a) - f1(counts_b), *np.percentile(drawn, [2.5, 97.5])])
    # END SOLUTION
