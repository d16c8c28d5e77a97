"""Figures of a checkpoint: the same as `glitag evaluate` gives."""
