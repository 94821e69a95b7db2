"""Which releases there are, and which is the newest. A name is v1.2.3, with -rc.N behind it for candidates."""


def parse(name):
    """What releases are compared by. A candidate comes before the release itself."""
    version, _, candidate = name.lstrip("v").partition("-rc.")
    numbers = tuple(int(part) for part in version.split("."))
    return numbers, (0, int(candidate)) if candidate else (1, 0)


def ordered(names):
    """Oldest first."""
    return sorted(names, key=parse)


def newest(names, candidates=False):
    """The newest release; of candidates too when they are asked for. None when there is none."""
    wanted = [name for name in names if candidates or "-rc." not in name]
    return ordered(wanted)[-1] if wanted else None


def outdated(installed, names):
    """The releases that are newer than the installed one, oldest first."""
    return [name for name in ordered(names) if parse(name) > parse(installed)]
