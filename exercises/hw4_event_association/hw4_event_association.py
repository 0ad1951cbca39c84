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
    raise NotImplementedError("not written yet")


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
    raise NotImplementedError("not written yet")


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
    raise NotImplementedError("not written yet")


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
    raise NotImplementedError("not written yet")


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
    raise NotImplementedError("not written yet")


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
    raise NotImplementedError("not written yet")


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
    raise NotImplementedError("not written yet")


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

    raise NotImplementedError("not written yet")
