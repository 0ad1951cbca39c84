"""The same fluid by other means: a staggered grid, sparse and direct, heat by volumes.

Velocities sit on the faces of cells and the pressure in their middle; momentum and
mass are solved together. Nothing here knows a sine or a streamfunction.
"""

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import splu


def second_difference(n, h, wall):
    """Matrix of the second derivative on n points: walls on the next point, or between
    two where nothing changes."""
    matrix = sp.diags_array([1.0, -2.0, 1.0], offsets=[-1, 0, 1], shape=(n, n)).tolil()
    if wall == "insulating":
        matrix[0, 0] = matrix[n - 1, n - 1] = -1.0
    return sp.csr_array(matrix) / h**2


def difference(n, h):
    """Matrix from n cells to the n - 1 faces between them."""
    ones = np.ones(n)
    return sp.diags_array([-ones, ones[1:]], offsets=[0, 1], shape=(n - 1, n)) / h


class StaggeredFluid:
    """A box of n_z rows and n_x columns, row 0 at the bottom."""

    def __init__(self, rayleigh, width, heating, n_x, n_z):
        self.rayleigh, self.heating = rayleigh, heating
        self.n_x, self.n_z = n_x, n_z
        self.dx, self.dz = width / n_x, 1 / n_z
        self.x = (np.arange(n_x) + 0.5) * self.dx
        self.z = (np.arange(n_z) + 0.5) * self.dz
        self.solve = splu(self.stokes()).solve

    def stokes(self):
        """Matrix of momentum across, momentum upwards, and mass; one pressure is 0."""
        n_x, n_z, eye = self.n_x, self.n_z, sp.eye_array
        across = sp.kron(
            eye(n_z), second_difference(n_x - 1, self.dx, "wall")
        ) + sp.kron(second_difference(n_z, self.dz, "insulating"), eye(n_x - 1))
        upwards = sp.kron(
            eye(n_z - 1), second_difference(n_x, self.dx, "insulating")
        ) + sp.kron(second_difference(n_z - 1, self.dz, "wall"), eye(n_x))
        p_x = sp.kron(eye(n_z), difference(n_x, self.dx))
        p_z = sp.kron(difference(n_z, self.dz), eye(n_x))
        matrix = sp.block_array(
            [[-across, None, p_x], [None, -upwards, p_z], [p_x.T, p_z.T, None]]
        ).tolil()
        last = matrix.shape[0] - 1
        matrix[last, :] = 0.0
        matrix[last, last] = 1.0
        return sp.csc_array(matrix)

    def velocity(self, temperature):
        """Velocities on the faces: across (n_z, n_x + 1), upwards (n_z + 1, n_x)."""
        n_u, n_w = self.n_z * (self.n_x - 1), (self.n_z - 1) * self.n_x
        force = np.zeros(n_u + n_w + self.n_x * self.n_z)
        lifted = self.rayleigh * (temperature[1:] + temperature[:-1]) / 2
        force[n_u : n_u + n_w] = lifted.ravel()
        found = self.solve(force)
        u = np.pad(found[:n_u].reshape(self.n_z, -1), ((0, 0), (1, 1)))
        w = np.pad(found[n_u : n_u + n_w].reshape(-1, self.n_x), ((1, 1), (0, 0)))
        return u, w

    def change(self, temperature):
        """What flows into each cell in unit time; fluxes of second order."""
        u, w = self.velocity(temperature)
        beside = np.pad(temperature, ((0, 0), (1, 1)), mode="edge")
        q_x = u * (beside[:, 1:] + beside[:, :-1]) / 2 - np.diff(beside) / self.dx
        below, above = 2 - temperature[:1], -temperature[-1:]
        stacked = np.vstack([below, temperature, above])
        q_z = w * (stacked[1:] + stacked[:-1]) / 2 - np.diff(stacked, axis=0) / self.dz
        gain = -np.diff(q_x) / self.dx - np.diff(q_z, axis=0) / self.dz
        return gain + self.heating

    def march(self, temperature, duration, n_steps):
        """Heun's steps."""
        h = duration / n_steps
        for _ in range(n_steps):
            first = self.change(temperature)
            second = self.change(temperature + h * first)
            temperature = temperature + h * (first + second) / 2
        return temperature

    def rms_velocity(self, temperature):
        """Root of the mean squared velocity, faces at walls included with their 0."""
        u, w = self.velocity(temperature)
        return np.sqrt(np.mean(u[:, 1:] ** 2) + np.mean(w[1:] ** 2))

    def nusselt(self, temperature):
        """Mean heat flux out of the top."""
        return 2 * temperature[-1].mean() / self.dz
