"""Upstream's training, with its own trainer and model classes."""
