"""Right answers in another style: loops, angles and normal equations."""

import math

import numpy as np


def first_arrival_s(distance_km, thickness_km, v_upper_km_s, v_lower_km_s):
    times = []
    for x in distance_km:
        time = x / v_upper_km_s
        if v_lower_km_s > v_upper_km_s:
            angle = math.asin(v_upper_km_s / v_lower_km_s)
            along = x - 2 * thickness_km * math.tan(angle)
            slant = thickness_km / math.cos(angle)
            if along >= 0:
                time = min(time, along / v_lower_km_s + 2 * slant / v_upper_km_s)
        times.append(time)
    return times


def geiger_step(place_km, origin_time_s, x_km, y_km, time_s, v_km_s):
    rows, residuals = [], []
    for x, y, t in zip(x_km, y_km, time_s, strict=True):
        off = [place_km[0] - x, place_km[1] - y, place_km[2]]
        r = math.sqrt(sum(o * o for o in off))
        rows.append([o / r / v_km_s for o in off] + [1.0])
        residuals.append(t - origin_time_s - r / v_km_s)
    A, b = np.array(rows), np.array(residuals)
    return np.linalg.solve(A.T @ A, A.T @ b)
