"""Runs the hidden test against solution.py. The last line of the output is the marker if it passes."""

import sys

# No file of the submission may stand for a module that is imported here; its own modules are found last.
sys.path.pop(0)
sys.path.append(".")

import resource

CPU_SECONDS = 2
MEMORY_BYTES = 400 << 20

resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))

with open("solution.py", encoding="utf-8") as file:
    code = compile(file.read(), "solution.py", "exec")
module = sys.modules["solution"] = type(sys)("solution")
exec(code, module.__dict__)
exec(compile(@TEST@, "test", "exec"), dict(module.__dict__))
print()
print("@MARKER@")
