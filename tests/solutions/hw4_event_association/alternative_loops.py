"""Right answers in plain loops and lists, with hardly any NumPy."""

import itertools
import math


def origin_times(time_s, station, is_s, places_km, delay_s, nodes_km, p_km_s, s_km_s):
    table = []
    for x, y, z in nodes_km:
        row = []
        for t, name, late in zip(time_s, station, is_s, strict=True):
            px, py, pz = places_km[name]
            way = math.sqrt((x - px) ** 2 + (y - py) ** 2 + (z - pz) ** 2)
            delay = delay_s[name][1 if late else 0]
            row.append(float(t) - way / (s_km_s if late else p_km_s) - delay)
        table.append(row)
    return table


def brightness(origin_s, channel, weight, moment_s, half_width_s):
    table = []
    for origins in origin_s:
        row = []
        for moment in moment_s:
            best = {}
            for o, c, w in zip(origins, channel, weight, strict=True):
                adds = w * (1 - abs(o - moment) / half_width_s)
                best[int(c)] = max(best.get(int(c), 0.0), adds)
            row.append(float(sum(best.values())))
        table.append(row)
    return table


def find_peaks(bright, moment_s, least, apart_s):
    n_nodes, n_moments = bright.shape
    places = sorted(
        itertools.product(range(n_moments), range(n_nodes)),
        key=lambda place: -bright[place[1], place[0]],
    )
    nodes, moments = [], []
    for m, i in places:
        if bright[i, m] < least:
            break
        if all(abs(moment_s[m] - other) >= apart_s for other in moments):
            nodes.append(i)
            moments.append(float(moment_s[m]))
    return nodes, moments


def assign_picks(origin_s, channel, node, event_s, tolerance_s):
    answer = [-1] * len(channel)
    for name in {int(one) for one in channel}:
        picks = [k for k, one in enumerate(channel) if one == name]
        best = (0, 0.0, [])

        def go(place, used, total, pairs, picks=picks):
            nonlocal best
            if (-len(pairs), total) < (best[0], best[1]):
                best = (-len(pairs), total, pairs)
            if place == len(picks):
                return
            k = picks[place]
            for e in range(len(node)):
                off = abs(origin_s[node[e]][k] - event_s[e])
                if e not in used and off <= tolerance_s:
                    go(place + 1, used | {e}, total + off, [*pairs, (k, e)])
            go(place + 1, used, total, pairs)

        go(0, frozenset(), 0.0, [])
        for k, e in best[2]:
            answer[k] = e
    return answer


BRIGHTNESS_M = """
function bright = brightness(origin_s, channel, weight, moment_s, half_width_s)
names = unique(channel);
bright = zeros(size(origin_s, 1), numel(moment_s));
for i = 1:size(origin_s, 1)
    for m = 1:numel(moment_s)
        for c = 1:numel(names)
            of = channel == names(c);
            add = weight(of) .* (1 - abs(origin_s(i, of) - moment_s(m)) / half_width_s);
            bright(i, m) = bright(i, m) + max([add, 0]);
        end
    end
end
end
"""


def link_labels(event, windows):
    labels, weights = [], []
    for row in windows:
        others = [j for j in range(1, len(row)) if row[j] != -1]
        label, weight = [0] * len(row), [0.0] * len(row)
        for j in others:
            weight[j] = 1 / len(others)
            label[j] = int(event[row[0]] != -1 and event[row[j]] == event[row[0]])
        labels.append(label)
        weights.append(weight)
    return labels, weights


def groups_from_links(windows, probability, threshold, min_picks):
    groups = []
    for i, row in enumerate(windows):
        linked = {i}
        for pick, said in zip(row[1:], probability[i][1:], strict=True):
            if pick >= 0 and said >= threshold:
                linked.add(int(pick))
        groups.append(linked)
    event, number = [-1] * len(windows), 0
    while groups:
        biggest = max(groups, key=len)
        if len(biggest) < min_picks:
            break
        for pick in biggest:
            event[pick] = number
        number += 1
        groups = [group - biggest for group in groups]
    return event


def event_scores(true_event, found_event, min_picks):
    pairs = list(zip(true_event, found_event, strict=True))
    true = {t for t, _ in pairs if t >= 0}
    found = {f for _, f in pairs if f >= 0}
    size = {t: sum(one == t for one, _ in pairs) for t in true}
    small = {t for t in true if size[t] < min_picks}
    shares, ignored = [], 0
    for f in found:
        own = [t for t, one in pairs if one == f]
        for t in true:
            both = own.count(t)
            if 3 * both > len(own) + size[t]:  # the same as half of the union
                if t in small:
                    ignored += 1
                else:
                    shares.append(both / len(own))
    mean = sum(shares) / len(shares) if shares else math.nan
    return [len(true) - len(small), len(found) - ignored, len(shares), mean]


def f1_difference(counts_a, counts_b, draws):
    def f1(counts, rows):
        some = [counts[row] for row in rows]
        under = sum(one[0] + one[1] for one in some)
        return 2 * sum(one[2] for one in some) / under

    def difference(rows):
        return f1(counts_a, rows) - f1(counts_b, rows)

    many = sorted(difference(rows) for rows in draws)

    def at(share):
        place = share * (len(many) - 1)
        low = math.floor(place)
        high = min(low + 1, len(many) - 1)
        return many[low] + (place - low) * (many[high] - many[low])

    return difference(range(len(counts_a))), at(0.025), at(0.975)
