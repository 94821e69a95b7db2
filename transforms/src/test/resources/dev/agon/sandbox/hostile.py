"""What the hostile programs share: calls of the C library and the kernel whose outcome is a word, an error's name or `done`."""
import ctypes
import errno
import os
import platform
import socket
import struct
import sys

libc = ctypes.CDLL(None, use_errno=True)
X86 = platform.machine() == "x86_64"
MIB = 1 << 20


def call(function, *arguments):
    """Calls a function of the C library, or by number the kernel."""
    arguments = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    if isinstance(function, int):
        arguments.insert(0, ctypes.c_long(function))
        function = "syscall"
    target = getattr(libc, function)
    target.restype = ctypes.c_long if function == "syscall" else ctypes.c_int
    ctypes.set_errno(0)
    result = target(*arguments)
    return errno.errorcode[ctypes.get_errno()] if result == -1 else "done"


def attempt(function, *arguments, **named):
    """Calls a function of Python's own."""
    try:
        function(*arguments, **named)
        return "done"
    except OSError as e:
        return errno.errorcode[e.errno]


def number(x86, arm):
    """A system call's number on this machine."""
    return x86 if X86 else arm


def distinct(outcomes):
    """The outcomes, each once, without those of calls that this kernel does not have."""
    print(*sorted(set(outcomes) - {"ENOSYS"}) or ["ENOSYS"])


def take(chunk):
    """Takes 2,000 MiB, four at a time; says how the first attempt failed."""
    kept = []
    try:
        for _ in range(500):
            kept.append(chunk(4 * MIB))
        print("took 2000 MiB")
    except OSError as e:
        print(errno.errorcode[e.errno])
    except MemoryError:
        print("ENOMEM")


def touch(address, size):
    ctypes.memset(address, 1, size)


def mapped(size, flags, fd=-1, protection=3):
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
    address = libc.mmap(None, size, protection, flags, fd, 0)
    if address == ctypes.c_void_p(-1).value:
        raise OSError(ctypes.get_errno(), "mmap")
    return address
