"""Asking for memory before it is needed: at a million people a month waits for memory far longer than it reckons."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from sim.compiling import PLAIN, rule

AHEAD = 24  # how many people later a record is needed: longer than memory takes to answer
LINE = 64  # bytes that come at a time


def _prefetching(context: Any, record: Any, offset: Any) -> Any:
    """LLVM's instruction of that name; it changes nothing but the time that the next look takes."""

    def code(target: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        address = builder.gep(builder.bitcast(arguments[0], byte), [arguments[1]])
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        function = builder.module.declare_intrinsic("llvm.prefetch", [byte], kind)
        builder.call(function, [address, *(ir.Constant(number, n) for n in (0, 3, 1))])  # to read, and to keep at hand
        return target.get_dummy_value()

    return types.void(record, offset), code


_prefetch: Any = intrinsic(_prefetching)


if PLAIN:

    def fetch(record: Any, size: int) -> None:
        """Plain Python has no use for it."""

else:

    @rule
    def fetch(record: Any, size: int) -> None:
        """Have the first `size` bytes of a record brought near."""
        for offset in range(0, size, LINE):
            _prefetch(record, offset)


@rule
def fetch_ahead(table: Any, row: int) -> None:
    """In a loop over a table: have the beginning of the record that comes up soon brought near."""
    fetch(table[min(row + AHEAD, len(table) - 1)], 2 * LINE)
