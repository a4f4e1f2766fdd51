"""The phases of a month, one file each; none imports another."""
