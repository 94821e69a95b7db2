"""Runs the examples at the end of this file against solution.py and prints a line for each, and how many passed."""

# _ast, _signal and posix are the built-in halves of ast, signal and os: with these, the check starts twice as fast.
import _ast
import _signal
import posix
import resource
import sys

CPU_SECONDS = 0.5
MEMORY_BYTES = 256 << 20
SHOWN = 160
ONLY_AST = 0x400


def short(text):
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[:SHOWN] + "..."


def error(e):
    """The exception, and the last line of solution.py that it passed."""
    line, trace = None, e.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "solution.py":
            line = trace.tb_lineno
        trace = trace.tb_next
    return short(f"{type(e).__name__}: {e}") + (f" (solution.py line {line})" if line else "")


def load():
    """The names that solution.py defines. Never from cached byte code, which may be older than the file."""
    with open("solution.py", encoding="utf-8") as file:
        code = compile(file.read(), "solution.py", "exec")
    module = sys.modules["solution"] = type(sys)("solution")
    exec(code, module.__dict__)
    return dict(module.__dict__)


def holds_assert(node):
    if isinstance(node, list):
        return any(map(holds_assert, node))
    return isinstance(node, _ast.Assert) or (
        isinstance(node, _ast.AST) and any(holds_assert(getattr(node, field, None)) for field in node._fields)
    )


def split(source):
    """The statements to run in order: (statement, whether it counts as a check)."""
    tree = compile(source, "examples", "exec", ONLY_AST)
    body = tree.body
    if (
        len(body) == 2
        and isinstance(body[0], _ast.FunctionDef)
        and len(body[0].args.args) == 1
        and isinstance(body[1], _ast.Expr)
        and isinstance(body[1].value, _ast.Call)
        and len(body[1].value.args) == 1
    ):
        parameter, argument = body[0].args.args[0].arg, body[1].value.args[0]
        bind = compile(f"{parameter} = None", "examples", "exec", ONLY_AST).body[0]
        bind.value = argument
        statements = [bind] + body[0].body
        try:
            for statement in statements:
                compile(_ast.Module([statement], []), "examples", "exec")
            return [(s, holds_assert(s)) for s in statements if not constant(s)]
        except SyntaxError:  # such as a return, which no statement may be on its own
            pass
    return [(tree, True)]


def constant(statement):
    return isinstance(statement, _ast.Assert) and isinstance(statement.test, _ast.Constant)


def text_of(node):
    if isinstance(node, _ast.Module):
        return "examples"
    lines = [line.encode() for line in EXAMPLES.splitlines()[node.lineno - 1 : node.end_lineno]]
    lines[-1] = lines[-1][: node.end_col_offset]
    lines[0] = lines[0][node.col_offset :]
    return short(b" ".join(lines).decode())


def evaluate(node, names):
    return eval(compile(_ast.Expression(node), "examples", "eval"), names)


def run(statement, names):
    """None when the statement holds, else what was expected and what came."""
    if not isinstance(statement, _ast.Assert):
        module = statement if isinstance(statement, _ast.Module) else _ast.Module([statement], [])
        exec(compile(module, "examples", "exec"), names)
        return None
    test = statement.test
    if isinstance(test, _ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], _ast.Eq):
        actual, expected = evaluate(test.left, names), evaluate(test.comparators[0], names)
        return None if actual == expected else f"expected {short(repr(expected))}, got {short(repr(actual))}"
    if isinstance(test, _ast.UnaryOp) and isinstance(test.op, _ast.Not):
        actual = evaluate(test.operand, names)
        return f"expected a false value, got {short(repr(actual))}" if actual else None
    actual = evaluate(test, names)
    return None if actual else f"expected a true value, got {short(repr(actual))}"


def label(statement):
    """The expression under test."""
    test = getattr(statement, "test", None)
    if isinstance(statement, _ast.Assert) and isinstance(test, _ast.Compare) and isinstance(test.ops[0], _ast.Eq):
        return text_of(test.left)
    return text_of(test if isinstance(statement, _ast.Assert) else statement)


def main():
    passed = 0
    current = "solution.py"
    statements = split(EXAMPLES)
    total = sum(counts for _, counts in statements)

    def finish():
        print(f"{passed} of {total} checks passed", flush=True)
        posix._exit(0 if passed == total else 1)

    def too_slow(_signal_number, _frame):
        print(f"FAIL {current}: did not end within {CPU_SECONDS} s of CPU time", flush=True)
        finish()

    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (2, 3))  # for one long operation, in which no handler runs
    _signal.signal(_signal.SIGPROF, too_slow)
    _signal.setitimer(_signal.ITIMER_PROF, CPU_SECONDS)
    try:
        names = load()
    except BaseException as e:
        print(f"FAIL solution.py does not load: {error(e)}")
        finish()
    for statement, counts in statements:
        current = label(statement)
        try:
            complaint = run(statement, names)
        except BaseException as e:
            complaint = f"got {error(e)}"
        if complaint is not None:
            print(f"FAIL {current}: {complaint}", flush=True)
        elif counts:
            passed += 1
            print(f"PASS {current}", flush=True)
    finish()


EXAMPLES = @EXAMPLES@

main()
