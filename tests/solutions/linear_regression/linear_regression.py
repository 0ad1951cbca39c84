"""How strongly does the ground shake, and how sure can we be?

The model of the chapter for one record of one earthquake is

    log10(PGA) = c0 + c1 M + c2 log10(r) + c3 r + error,    r = sqrt(R^2 + h^2),

with PGA in %g, the magnitude M, the distance R to the fault [km], and a depth h [km]
that keeps r away from zero. Write the four functions below. None is in the package.
`descend` goes into the file descend.m beside this one as well, where it begins with

    function theta = descend(A, y, weight, eta, n_iter)
"""

import numpy as np
from scipy.special import stdtrit

# stdtrit(dof, p) is the p-quantile of Student's t distribution with dof degrees of
# freedom: stdtrit(8, 0.975) is 2.306.


def design_matrix(magnitude, distance_km, h_km):
    """Return one row of the model for each record.

    Parameters
    ----------
    magnitude : ndarray, shape (n_records,)
        Magnitude M of the record's earthquake.
    distance_km : ndarray, shape (n_records,)
        Distance R from the fault to the station [km].
    h_km : float
        The depth h [km].

    Returns
    -------
    ndarray, shape (n_records, 4)
        The columns 1, M, log10(r) and r, with r = sqrt(R^2 + h^2) in km.
    """
    # BEGIN SOLUTION
    r_km = np.sqrt(distance_km**2 + h_km**2)
    ones = np.ones(len(r_km))
    return np.column_stack([ones, magnitude, np.log10(r_km), r_km])
    # END SOLUTION


def descend(A, y, weight, eta, n_iter):
    """Fit by steps down the gradient of a weighted squared loss.

    The loss is the weighted sum of the squared residuals, divided by twice the sum of
    the weights. From all coefficients at zero take `n_iter` steps of size `eta`, all
    coefficients at once. With weights that are all equal it is the loss of the chapter.
    The same function in MATLAB is `descend.m`, beside this file.

    Parameters
    ----------
    A : ndarray, shape (n_records, n_coefficients)
        Design matrix.
    y : ndarray, shape (n_records,)
        What was measured.
    weight : ndarray, shape (n_records,)
        How much each record counts, 0 or more.
    eta : float
        Step size.
    n_iter : int
        Number of steps.

    Returns
    -------
    ndarray, shape (n_coefficients,)
        Where the walk has arrived.
    """
    # BEGIN SOLUTION
    walker = np.zeros(A.shape[1])
    for _ in range(n_iter):
        gap = A @ walker - y
        slope = A.T @ (weight * gap) / weight.sum()
        walker = walker - eta * slope
    return walker
    # END SOLUTION


def coefficient_intervals(A, y, level):
    """Return a confidence interval for each coefficient of a least-squares fit.

    The errors are independent and normal, with a variance that is estimated from the
    residuals. (Do not use this on the raw records without reading on: records of one
    earthquake are not independent.)

    Parameters
    ----------
    A : ndarray, shape (n_records, n_coefficients)
        Design matrix of full rank, with more rows than columns.
    y : ndarray, shape (n_records,)
        What was measured.
    level : float
        Confidence level, such as 0.95.

    Returns
    -------
    ndarray, shape (n_coefficients, 2)
        Lower and upper end for each coefficient.
    """
    # BEGIN SOLUTION
    coefficients = np.linalg.lstsq(A, y, rcond=None)[0]
    residual = y - A @ coefficients
    dof = A.shape[0] - A.shape[1]
    variance = residual @ residual / dof
    standard_error = np.sqrt(variance * np.diag(np.linalg.inv(A.T @ A)))
    half_width = stdtrit(dof, (1 + level) / 2) * standard_error
    return np.column_stack([coefficients - half_width, coefficients + half_width])
    # END SOLUTION


def prediction_interval(A, y, x_new, level):
    """Return the interval in which one new record will fall.

    A new record scatters about the line, and the line itself is uncertain: both make
    the interval wide.

    Parameters
    ----------
    A : ndarray, shape (n_records, n_coefficients)
        Design matrix of full rank, with more rows than columns.
    y : ndarray, shape (n_records,)
        What was measured.
    x_new : ndarray, shape (n_coefficients,)
        Row of the design matrix for the new record.
    level : float
        Probability that the interval holds the new record, such as 0.95.

    Returns
    -------
    ndarray, shape (2,)
        Lower and upper end, in the unit of y.
    """
    # BEGIN SOLUTION
    fit = np.linalg.lstsq(A, y, rcond=None)[0]
    misfit = y - A @ fit
    free = len(y) - len(fit)
    scatter = misfit @ misfit / free
    leverage = x_new @ np.linalg.solve(A.T @ A, x_new)
    sigma = np.sqrt(scatter * (1 + leverage))
    reach = stdtrit(free, 0.5 + level / 2) * sigma
    return x_new @ fit + np.array([-reach, reach])
    # END SOLUTION


# BEGIN SOLUTION
DESCEND_M = """
function theta = descend(A, y, weight, eta, n_iter)
theta = zeros(size(A, 2), 1);
for step = 1:n_iter
    residual = A * theta - y;
    gradient = A' * (weight .* residual) / sum(weight);
    theta = theta - eta * gradient;
end
end
"""
# END SOLUTION
