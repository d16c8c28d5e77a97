"""Trains the embedded model on a few hundred decisions: heads and top layers, on states of the lower ones that are computed once."""
