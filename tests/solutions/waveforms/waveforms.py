"""How strong is a seismogram, and what does it look like?

Three short functions make seismograms of S: the first tells where the spectrum of a
source bends, the second what is left of it at a station, the third turns noise into a
record that has this spectrum. Write them below.
"""

import numpy as np


def corner_frequency_hz(moment_nm, stress_drop_mpa, s_km_s):
    """Return the corner frequencies of circular cracks.

    A crack of radius r [m] whose stress drops by d [Pa] has the moment
    ``16 / 7 * d * r**3`` [N m] and the corner frequency ``2.34 * v / (2 * pi * r)``
    [Hz], where v is the velocity of S [m/s].

    Parameters
    ----------
    moment_nm, stress_drop_mpa : ndarray, shape (n,)
        Seismic moments [N m] and stress drops [MPa], > 0; floats or whole numbers.
    s_km_s : float
        Velocity of S [km/s].

    Returns
    -------
    ndarray, shape (n,)
        Corner frequencies [Hz].
    """
    # BEGIN SOLUTION
    radius_m = (7 / 16 * moment_nm / (1e6 * stress_drop_mpa)) ** (1 / 3)
    return 2.34 * 1000 * s_km_s / (2 * np.pi * radius_m)
    # END SOLUTION


def s_spectrum(frequency_hz, moment_nm, corner_hz, distance_km, q, kappa_s):
    """Return the spectrum of displacement that S has at a station.

    The plateau of the source is ``2 * 0.63 * moment / (4 * pi * 2700 * v**3 * R)``,
    with v = 3,500 m/s and R in metres. Above the corner it bends: it is divided by
    ``1 + (f / corner)**2``. On its way it loses ``exp(-pi * f * T / q)``, where T is
    the travel time of S, and below the station ``exp(-pi * kappa * f)``.

    Parameters
    ----------
    frequency_hz : ndarray, shape (n,)
        Frequencies [Hz], >= 0, in any order; floats or whole numbers.
    moment_nm, corner_hz : float
        Seismic moment [N m] and corner frequency [Hz].
    distance_km : float
        Distance along the ray [km].
    q, kappa_s : float
        Quality factor, and attenuation below the station [s].

    Returns
    -------
    ndarray, shape (n,)
        Amplitudes [m s], one per frequency.
    """
    # BEGIN SOLUTION
    distance_m = 1000 * distance_km
    plateau = 2 * 0.63 * moment_nm / (4 * np.pi * 2700 * 3500**3 * distance_m)
    source = plateau / (1 + (frequency_hz / corner_hz) ** 2)
    lost_s = distance_m / 3500 / q + kappa_s
    return source * np.exp(-np.pi * frequency_hz * lost_s)
    # END SOLUTION


def stochastic_record(noise, window, spectrum_m_s, sampling_hz):
    """Return a record of displacement that has a given spectrum.

    Multiply the noise by the window, and transform the product by ``np.fft.rfft``.
    Divide what comes by the root of the mean of its squared amplitudes: the mean is
    taken over the frequencies that ``rfft`` gives. Then multiply by the spectrum, and
    transform back. A transform is a sum over samples, and the spectrum an integral over
    seconds, so the record is ``sampling_hz`` times what comes back.

    Parameters
    ----------
    noise, window : ndarray, shape (n,)
        Samples of noise, and the weight of each; n is even or odd.
    spectrum_m_s : ndarray, shape (n // 2 + 1,)
        Amplitudes [m s] at the frequencies of ``np.fft.rfft``.
    sampling_hz : float
        Sampling rate [Hz].

    Returns
    -------
    ndarray, shape (n,)
        Displacement [m].
    """
    # BEGIN SOLUTION
    spectrum = np.fft.rfft(noise * window)
    size = np.sqrt(np.mean(np.abs(spectrum) ** 2))
    shaped = spectrum / size * spectrum_m_s
    return sampling_hz * np.fft.irfft(shaped, len(noise))
    # END SOLUTION
