"""How fast waves run at which depth: the spherical models that ObsPy brings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from .._arguments import check_vector, checked

__all__ = ["EarthModel", "load_earth_model"]


@dataclass(frozen=True, eq=False)
class EarthModel:
    """Speeds by depth, linear within each layer.

    Attributes
    ----------
    model : str
        Its name.
    wave : str
        ``"P"`` or ``"S"``.
    top_km, bottom_km : ndarray, shape (n_layers,)
        Where each layer begins and ends [km].
    top_km_s, bottom_km_s : ndarray, shape (n_layers,)
        Speed at its top and at its bottom [km/s].
    """

    model: str
    wave: str
    top_km: np.ndarray
    bottom_km: np.ndarray
    top_km_s: np.ndarray
    bottom_km_s: np.ndarray

    def velocity_km_s(self, depth_km: ArrayLike) -> np.ndarray:
        """Return speeds [km/s] at depths [km], shape (n,); at a jump, those below."""
        centre = self.bottom_km[-1]
        depth = check_vector("depth_km", depth_km, least=0, most=centre)
        layer = np.searchsorted(self.top_km, depth, side="right") - 1
        top, thick = self.top_km[layer], (self.bottom_km - self.top_km)[layer]
        share = (depth - top) / thick
        return self.top_km_s[layer] * (1 - share) + self.bottom_km_s[layer] * share


@checked
def load_earth_model(
    model: Literal["ak135", "iasp91", "prem"] = "ak135", wave: Literal["P", "S"] = "P"
) -> EarthModel:
    """Read a spherical model of the Earth from the installed ObsPy.

    Parameters
    ----------
    model : {"ak135", "iasp91", "prem"}
        Which model.
    wave : {"P", "S"}
        Whose speeds.

    Returns
    -------
    EarthModel

    Raises
    ------
    ValueError
        If an argument is none of those accepted.

    Notes
    -----
    The tables are part of ObsPy (LGPL 3), for its TauP, and are read where it keeps
    them; nothing is copied. ak135 is that of ``kennett1995constraints``, iasp91 that
    of ``kennett1991traveltimes``.

    Examples
    --------
    >>> load_earth_model("ak135").velocity_km_s([0, 35, 400]).round(3)
    array([5.8  , 8.04 , 8.994])
    """
    from obspy.taup import TauPyModel

    layers = TauPyModel(model).model.s_mod.v_mod.layers
    speeds = (layers[f"{end}_{wave.lower()}_velocity"] for end in ("top", "bot"))
    ends = layers["top_depth"], layers["bot_depth"]
    return EarthModel(
        model, wave, *(np.array(part, float) for part in (*ends, *speeds))
    )
