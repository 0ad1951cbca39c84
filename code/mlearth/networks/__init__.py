"""Networks in Keras: the only part of the package that imports TensorFlow.

It does so inside functions, when they are called: importing this costs nothing.
"""

from .adversarial import Contest, generate_from, train_wasserstein
from .annotate import Annotation, annotate
from .cluster import slurm_tf_config
from .contestants import dense_contestants, waveform_contestants
from .dense import dense_network, layers_of, stacked_variables
from .drawing import draw_layers, layer_table
from .eikonal import EikonalNetwork, train_eikonal_network
from .keras_import import load_keras, load_tensorflow
from .pick_linker import link_probability, pick_windows, window_features
from .picker import phase_probabilities, picker, unit_spread
from .policy_gradient import train_policy_gradient
from .reinforcement import action_table, train_dqn

__all__ = [
    "Annotation",
    "Contest",
    "EikonalNetwork",
    "action_table",
    "annotate",
    "dense_contestants",
    "dense_network",
    "draw_layers",
    "generate_from",
    "layer_table",
    "layers_of",
    "link_probability",
    "load_keras",
    "load_tensorflow",
    "phase_probabilities",
    "pick_windows",
    "picker",
    "slurm_tf_config",
    "stacked_variables",
    "train_dqn",
    "train_eikonal_network",
    "train_policy_gradient",
    "train_wasserstein",
    "unit_spread",
    "waveform_contestants",
    "window_features",
]
