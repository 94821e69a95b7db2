# Runs a hidden check that is a Python script. The submission's code runs in a child, the check in this process. What the check
# imports from the submission are stand-ins: their calls go to the child, and its results come back as plain values.
#
# The child is hostile. It is forked before the check is read, and the check's Python files are gone from the disk before its code
# loads, so it cannot know what is expected. It holds two pipes and no other file. It cannot reach this process, which is not
# dumpable (no ptrace, no /proc/PID/mem, no /proc/PID/fd). All it can do is answer. When it ends, the check has failed.
#
# Arguments: names of the task's own modules, the check's Python files (both with commas), the script, the script's arguments.
import sys

sys.path.pop(0)  # the working folder: nothing from there is loaded here
import _ctypes
import _io
import _operator
import builtins
import posix

OWN, HIDDEN, SCRIPT = sys.argv[1].split(","), sys.argv[2].split(","), sys.argv[3]
PATH, FINDER = list(sys.path), sys.meta_path[-1]
STANDARD = sys.stdlib_module_names
BY_VALUE = {"builtins": ("range",), "datetime": ("date", "datetime", "time", "timedelta"), "decimal": ("Decimal",), "fractions": ("Fraction",)}
PAIRS = "eq", "ne", "lt", "le", "gt", "ge", "add", "sub", "mul"
MOST_BYTES = 64 << 20
kept, numbers, stand_ins, mirrored = [], {}, {}, {}


def set_dumpable(value):
    prctl = _ctypes.dlsym(_ctypes.dlopen(None, 0), "prctl")
    if _ctypes.call_function(prctl, (4, value, 0, 0, 0)):
        sys.exit("this process cannot be kept from the submission")


# ---- what goes over: letter, length, content ----


def framed(letter, content):
    return letter + len(content).to_bytes(4, "big") + content


def text(letter, value):
    return framed(letter, value.encode("utf-8", "surrogatepass"))


def group(letter, values):
    return framed(letter, b"".join(map(encode, values)))


def number_of(x):
    number = numbers.setdefault(id(x), len(kept))
    if number == len(kept):
        kept.append(x)
    return number


def standard(module, name):
    """Whether the system has an object of this name."""
    return module.partition(".")[0] in STANDARD and module in sys.modules and name in vars(sys.modules[module])


def encode(x):
    kind = type(x)
    if kind in (StandIn, Pair) or isinstance(x, type) and "_agon" in vars(x):
        return framed(b"b", b"%d" % x._agon)
    if x is None or kind is bool:
        return framed(b"n", b"" if x is None else b"%d" % x)
    if isinstance(x, BaseException):
        return group(b"x", (kind, str(x), x.args))
    if isinstance(x, type) and issubclass(x, BaseException) and not standard(x.__module__, x.__name__):
        return group(b"X", (number_of(x), x.__name__, next(c for c in x.__mro__ if c.__module__ == "builtins")))
    if isinstance(x, (type, type(len))) and isinstance(x.__module__, str) and standard(x.__module__, x.__name__):
        return group(b"k", (x.__module__, x.__name__))
    if kind is type(sys) and x.__name__.partition(".")[0] in STANDARD:
        return text(b"m", x.__name__)
    if kind.__module__.partition(".")[0] not in STANDARD:
        return group(b"T", (number_of(x), tuple(x))) if isinstance(x, tuple) else framed(b"o", b"%d" % number_of(x))
    if isinstance(x, int):
        return framed(b"i", b"%x" % x)
    if isinstance(x, (float, complex)):
        return text(b"f" if isinstance(x, float) else b"c", repr(x))
    if isinstance(x, str):
        return text(b"s", x)
    if isinstance(x, (bytes, bytearray)):
        return framed(b"y" if isinstance(x, bytes) else b"Y", bytes(x))
    if kind.__name__ in BY_VALUE.get(kind.__module__, ()):
        return group(b"v", (kind.__module__, kind.__name__, x.__reduce_ex__(2)[1]))
    for letter, plain in (b"l", list), (b"t", tuple), (b"e", set), (b"z", frozenset):
        if isinstance(x, plain):
            return group(letter, x)
    if isinstance(x, dict):
        return group(b"d", [part for item in x.items() for part in item])
    return framed(b"o", b"%d" % number_of(x))


def decode_all(data):
    values, at = [], 0
    while at < len(data):
        end = at + 5 + int.from_bytes(data[at + 1 : at + 5], "big")
        values.append(decode(chr(data[at]), data[at + 5 : end]))
        at = end
    return values


def decode(letter, data):
    if letter == "b":
        return kept[int(data)]
    if letter == "o":
        return stand_ins.setdefault(int(data), StandIn(int(data)))
    if letter == "n":
        return bool(int(data)) if data else None
    if letter == "i":
        return int(data, 16)
    if letter in "fc":
        return float(data) if letter == "f" else complex(data.decode())
    if letter in "sm":
        value = data.decode("utf-8", "surrogatepass")
        return value if letter == "s" else system(value)
    if letter in "yY":
        return data if letter == "y" else bytearray(data)
    values = decode_all(data)
    if letter in "ltez":
        return {"l": list, "t": tuple, "e": set, "z": frozenset}[letter](values)
    if letter == "d":
        return dict(zip(values[::2], values[1::2]))
    if letter == "T":
        pair = Pair(values[1])
        pair._agon = values[0]
        return pair
    if letter == "v" and values[1] in BY_VALUE.get(values[0], ()):
        return getattr(system(values[0]), values[1])(*values[2])
    if letter == "k":
        known = getattr(system(values[0]), values[1])
        return known if not parent or isinstance(known, type) else gone()
    if letter == "X" and values[0] not in mirrored:
        members = {"__str__": lambda error: error._said, "_agon": values[0]}
        mirrored[values[0]] = type(values[1], (values[2],), members)
    kind = mirrored[values[0]] if letter == "X" else values[0]
    if not issubclass(kind, Exception):
        gone()  # such as SystemExit, which would end the check
    if letter == "X":
        return kind
    error = kind.__new__(kind, *values[2])
    error._said = values[1]
    return error


def system(name):
    if name.partition(".")[0] not in STANDARD:
        raise ImportError(name)
    return __import__(name, fromlist=["x"])


class StandIn:
    """An object of the other process. Whatever it says, it is not equal to a plain value, nor less or greater."""

    def __init__(self, number):
        object.__setattr__(self, "_agon", number)

    def __getattr__(self, name):
        return ask("getattr", self, name)

    def __setattr__(self, name, value):
        return ask("setattr", self, name, value)

    def __instancecheck__(self, other):
        return ask("isinstance", other, self) is True

    def __hash__(self):
        return self._agon


class Pair(tuple):
    """A tuple with names, of a class of the submission."""

    def __getattr__(self, name):
        return ask("getattr", self, name)


def forward(name):
    def method(self, *args, **named):
        if name in PAIRS and type(args[0]) is not StandIn:
            return NotImplemented
        return ask(name, self, *args, **named)

    return method


OPERATIONS = {"call": lambda called, *args, **named: called(*args, **named)}
for name in "getattr", "setattr", "isinstance", "len", "iter", "next", "str", "repr", "bool":
    OPERATIONS[name] = getattr(builtins, name)
for name in "getitem", "setitem", *PAIRS:
    OPERATIONS[name] = getattr(_operator, name)
for name in "call", "len", "iter", "next", "str", "repr", "bool", "getitem", "setitem", *PAIRS:
    setattr(StandIn, f"__{name}__", forward(name))


# ---- one side asks, the other carries it out and may ask back before it answers ----


def send(*message):
    data = memoryview(encode(message))
    while data:
        data = data[posix.write(pipe_out, data) :]


def read(size):
    parts = []
    while size:
        part = posix.read(pipe_in, min(size, 1 << 16))
        parts.append(part or gone())
        size -= len(part)
    return b"".join(parts)


def receive():
    head = read(5)
    size = int.from_bytes(head[1:], "big")
    return decode(chr(head[0]), read(size)) if size <= MOST_BYTES else gone()


def ask(operation, *args, **named):
    send("ask", operation, args, named)
    while True:
        what, *rest = receive()
        if what == "ask":
            answer(*rest)
            continue
        result, changed, printed = rest
        if printed:
            sys.stdout.write(printed)
        for index, content in changed.items():
            if type(args[index]) in MUTABLE:
                args[index].clear()
                getattr(args[index], "extend" if type(args[index]) in (list, bytearray) else "update")(content)
        if what == "raised":
            raise result
        return result


MUTABLE = list, dict, set, bytearray


def answer(operation, args, named):
    before = {i: encode(x) for i, x in enumerate(args) if type(x) in MUTABLE}
    try:
        if parent and not permitted(operation, args):
            raise TypeError(f"no object of the check can be asked for {operation}")
        what, result = "value", OPERATIONS[operation](*args, **named)
    except Exception as e:
        what, result = "raised", e
    send(what, result, {i: args[i] for i, x in before.items() if encode(args[i]) != x}, "" if parent else printed())


def permitted(operation, args):
    """The child may call and iterate what it was given, and ask objects of the check's own classes for their public names."""
    x = args[0]
    if operation == "getattr":
        return type(x).__module__ in sources and isinstance(args[1], str) and not args[1].startswith("_")
    return operation in ("call", "iter", "next") and id(x) in numbers


def gone():
    if not parent:
        posix._exit(0)
    print("the submission's process ended before the check", flush=True)
    posix._exit(1)


# ---- the child ----


def serve():
    set_dumpable(1)
    null = posix.open("/dev/null", posix.O_RDWR)
    for number in 0, 1, 2:
        posix.dup2(null, number)
    sys.stdout = sys.stderr = _io.TextIOWrapper(_io.BytesIO(), "utf-8", "replace", write_through=True)
    sys.argv, sys.path[:] = [""], [posix.getcwd()] + [p for p in posix.environ.get(b"CHECK_PATH", b"").decode().split(":") if p] + PATH
    OPERATIONS.update({"import": lambda name: __import__(name, fromlist=["x"]) and None, "load": load, "names": names, "limit": limit})
    OPERATIONS.update({"attribute": attribute, "change": lambda module, name, value: setattr(sys.modules[module], name, value)})
    while True:
        try:
            answer(*receive()[1:])
        except BaseException:
            posix._exit(1)


def printed(buffer=None):
    buffer = sys.stdout.buffer
    said = buffer.getvalue().decode("utf-8", "replace")
    buffer.seek(0)
    buffer.truncate()
    return said


def load(path):
    name = path.rpartition("/")[2][:-3]
    module = sys.modules[name] = type(sys)(name)
    module.__file__ = path
    with open(path, encoding="utf-8") as file:
        exec(compile(file.read(), path, "exec"), module.__dict__)
    return name


def names(module):
    return [name for name in vars(sys.modules[module]) if not name.startswith("__")]


def attribute(module, name):
    return names(module) if name == "__all__" else getattr(sys.modules[module], name)


def limit(timers, limits):
    path, sys.path[:] = list(sys.path), PATH  # the system's resource, not a file of the submission
    import _signal
    import resource

    sys.path[:] = path
    for which, seconds in timers.items():
        _signal.setitimer(which, seconds)
    for which, pair in limits.items():
        resource.setrlimit(which, pair)


# ---- the check ----


class Module(type(sys)):
    """A module of the submission."""

    def __getattr__(self, name):
        if name != "__all__" and name.startswith("__"):
            raise AttributeError(name)
        value = ask("attribute", self.__name__, name)
        return value if name != "__all__" else [n for n in value if not hasattr(builtins, n)]

    def __setattr__(self, name, value):
        if name.startswith("__") or isinstance(value, Module):
            super().__setattr__(name, value)
        else:
            ask("change", self.__name__, name, value)


class Finder:
    """Finds the check's own modules, then the system's, then the submission's. What the task named as the system does is the task's."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        place = sources.get(name, (b"", "__init__.py"))[1]
        ours = name in sources or name.partition(".")[0] in OWN
        found = None if ours else FINDER.find_spec(name, PATH if path is None else path)
        return found or type(sys.__spec__)(name, Finder, is_package=place.endswith("__init__.py"))

    @staticmethod
    def create_module(spec):
        return None if spec.name in sources else Module(spec.name)

    @staticmethod
    def exec_module(module):
        if module.__name__ in sources:
            exec(compiled(*sources[module.__name__], "exec"), module.__dict__)
        else:
            pass_limits()
            ask("import", module.__name__)


def pass_limits():
    """The limits of time and memory that the check has set hold for the submission too."""
    import _signal

    resource = sys.modules.get("resource")
    timers = {which: seconds for which in (0, 1, 2) if (seconds := _signal.getitimer(which)[0])}
    if timers or resource:
        ask("limit", timers, {w: resource.getrlimit(w) for w in (resource.RLIMIT_CPU, resource.RLIMIT_DATA)} if resource else {})


def fill(namespace, path):
    pass_limits()
    module = ask("load", path)
    for name in ask("names", module):
        if not name.startswith("__") and not hasattr(builtins, name):
            namespace[name] = ask("attribute", module, name)


def compile_apart(source, filename, *args, **named):
    """Compiles. A file of the submission that a check compiles by itself runs in the child, too."""
    folder = posix.getcwd() + "/"
    path = filename.removeprefix(folder) if isinstance(filename, str) else ""
    if path.endswith(".py") and not path.startswith("/") and path not in HIDDEN and path in submitted:
        source = f"__import__('builtins').agon_fill(globals(), {path!r})"
    return compiled(source, filename, *args, **named)


class Submitted:
    def __contains__(self, path):
        try:
            return bool(posix.stat(path))
        except OSError:
            return False


parent, submitted, compiled, sources = True, Submitted(), builtins.compile, {}
set_dumpable(0)
(child_in, pipe_out), (pipe_in, child_out) = posix.pipe(), posix.pipe()
if not posix.fork():
    for pipe in pipe_in, pipe_out:
        posix.close(pipe)
    parent, pipe_in, pipe_out = False, child_in, child_out
    serve()
for pipe in child_in, child_out:
    posix.close(pipe)
posix.mkdir(posix.environ[b"HOME"])
for path in HIDDEN:
    with open(path, "rb") as file:
        sources["__main__" if path == SCRIPT else path[:-3].replace("/", ".").removesuffix(".__init__")] = (file.read(), path)
    posix.unlink(path)
sys.meta_path[-1] = Finder
sys.path.insert(0, "")  # for scripts that take the first one away; modules are not looked for in sys.path
builtins.compile, builtins.agon_fill = compile_apart, fill
sys.argv = sys.argv[3:]
main = sys.modules["__main__"] = type(sys)("__main__")
main.__file__ = SCRIPT
exec(compiled(*sources["__main__"], "exec"), main.__dict__)
