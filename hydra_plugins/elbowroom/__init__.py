"""Elbowroom for Hydra."""
