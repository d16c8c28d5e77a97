"""The embedded model as it is shipped: read back into PyTorch, trained on decisions, killed, and written again."""

import json
import os
import shutil

import numpy as np
import onnxruntime
import pytest
import torch
from command_lines import REPOSITORY, glitag
from killing import killed
from railway_club import decided_rows, kept_back

from glitag_train.__main__ import main
from glitag_train.adapt.decided import decided
from glitag_train.checkpoint_folder import read_checkpoint
from glitag_train.export.replay import split_difference
from glitag_train.model_folder import GRAPH, graph_of, read_model_folder, trainable

SHIPPED = REPOSITORY / "models/glitag-small-en"
