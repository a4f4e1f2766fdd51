"""The model of docs/model.md written again the ordinary Mesa way: an opponent for benchmarks, and a replication.

Left out: central assignment of people to projects, scenarios, money, people files, and switches.
"""

from benchmarks.plain_mesa.model import PlainOrganization

__all__ = ["PlainOrganization"]
