"""Trains, quantises and measures GLiTag's models. `python -m glitag_train --help` lists what it does."""
