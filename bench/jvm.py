"""Runs a command of Agon and tells its time and memory; for the measurements of this folder."""
import glob, os, pathlib, re, resource, subprocess, sys, time

PAUSE = re.compile(r"Pause (\w+).* (\d+)M->(\d+)M\(")


def gc_log(folder):
    """Options of the JVM, and a pattern of the files of its GC log."""
    options = os.environ.get("AGON_JAVA_OPTIONS", "")
    own = re.search(r"-Xlog:gc\S*?:file=([^:\s]+)", options)
    if own:
        return options, own.group(1).replace("%p", "*").replace("%t", "*")
    return f"{options} -Xlog:gc*:file={folder}/gc-%p.log", f"{folder}/gc-*.log"


def resident_mb(pid):
    try:
        return int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024
    except (OSError, AttributeError):  # it has ended
        return 0


def processor_time():
    """Seconds of the processor that ended children of this process took, with their own children."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(command, folder):
    """Wall and processor time, heap after collections and resident memory of a command, with 2 GB of heap unless AGON_HEAP says otherwise."""
    java_options, logs = gc_log(folder)
    environment = dict(os.environ, AGON_HEAP=os.environ.get("AGON_HEAP", "2g"), AGON_JAVA_OPTIONS=java_options)
    start, busy, resident = time.monotonic(), processor_time(), 0
    with open(folder / "log", "w") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
        while process.poll() is None:
            resident = max(resident, resident_mb(process.pid))
            time.sleep(0.5)
    wall, busy = time.monotonic() - start, processor_time() - busy
    if process.returncode != 0:
        sys.exit(f"exit code {process.returncode}\n" + (folder / "log").read_text()[-3000:])
    pauses = [PAUSE.search(line) for path in glob.glob(logs) for line in open(path)]
    used = [(pause.group(1), int(pause.group(3))) for pause in pauses if pause]
    return {"wall": wall, "processor": busy, "after GC": max((mb for _, mb in used), default=None), "resident": resident,
            "marked": max((mb for kind, mb in used if kind in ("Remark", "Full")), default=None)}


def shown(value, before, unit):
    ratio = f" (x{value / before:.2f})" if value and before else ""
    return ("-" if value is None else f"{value:.0f} {unit}") + ratio
