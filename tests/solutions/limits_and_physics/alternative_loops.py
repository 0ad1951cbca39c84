"""One pair at a time."""

import math


def area(cells):
    won = pairs = 0
    for was_hit, high in cells:
        for was_missed, low in cells:
            if was_hit == 1 and was_missed == 0:
                pairs += 1
                won += 1 if high > low else 0.5 if high == low else 0
    return won, pairs


def auc_of_discs(y, score, distance_km, radii_km):
    found = []
    for radius in radii_km:
        three = zip(y, score, distance_km, strict=True)
        cells = [(a, s) for a, s, d in three if d <= radius]
        won, pairs = area(cells)
        found.append(won / pairs if pairs > 0 else math.nan)
    return found


def auc_within(y, score, ring):
    won = pairs = 0
    for own in set(ring.tolist()):
        three = zip(y, score, ring, strict=True)
        mine = area([(a, s) for a, s, r in three if r == own])
        won, pairs = won + mine[0], pairs + mine[1]
    return won / pairs if pairs > 0 else math.nan


AUC_WITHIN_M = """
function auc = auc_within(y, score, ring)
same = ring == ring';
pairs = same & (y == 1) & (y == 0)';
won = (score > score') + (score == score') / 2;
auc = sum(won(pairs)) / sum(pairs(:));
end
"""
