"""Where organizations come from: generated in the measured shape, or read from a people file."""
