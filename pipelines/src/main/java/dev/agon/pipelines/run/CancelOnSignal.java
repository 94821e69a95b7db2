package dev.agon.pipelines.run;

import dev.agon.runtime.RunControl;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * While it is open, Ctrl-C, SIGTERM and SIGHUP (a terminal that is closed) cancel the run: nothing new begins, commands and calls end within seconds, and the tables
 * of what there is are written. A second Ctrl-C ends the process at once; the journal has what was paid for all the same.
 */
final class CancelOnSignal implements AutoCloseable {

    private static final int KILLED_BY_SIGNAL = 128;

    private final RunControl control;
    private final PrintStream terminal;
    private final Map<Signal, SignalHandler> before = new HashMap<>();
    private final AtomicBoolean asked = new AtomicBoolean();

    private CancelOnSignal(RunControl control, PrintStream terminal) {
        this.control = control;
        this.terminal = terminal;
    }

    static CancelOnSignal of(RunControl control, PrintStream terminal) {
        CancelOnSignal cancel = new CancelOnSignal(control, terminal);
        for (String name : List.of("INT", "TERM", "HUP")) {
            Signal signal = new Signal(name);
            cancel.before.put(signal, Signal.handle(signal, cancel::handle));
        }
        return cancel;
    }

    private void handle(Signal signal) {
        if (!asked.compareAndSet(false, true)) {
            Runtime.getRuntime().halt(KILLED_BY_SIGNAL + signal.getNumber());
        }
        terminal.printf(
                "%nstopping: what is in flight ends within seconds, then the tables are written; once more ends at"
                        + " once%n");
        control.cancel("it was cancelled by SIG" + signal.getName() + ". Run again to go on from here");
    }

    @Override
    public void close() {
        before.forEach(Signal::handle);
    }
}
