package dev.agon.pipelines.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Flink of one JobManager and some TaskManagers, each a process of its own, by Agon's own commands. */
public final class FlinkOnThisMachine implements AutoCloseable {

    private final ClusterFolder folder;
    private final int taskManagers;

    private FlinkOnThisMachine(Path folder, int taskManagers) {
        this.folder = new ClusterFolder(folder);
        this.taskManagers = taskManagers;
    }

    public static FlinkOnThisMachine start(Path folder, int taskManagers) throws Exception {
        FlinkOnThisMachine flink = new FlinkOnThisMachine(folder, taskManagers);
        try {
            flink.complete();
        } catch (Exception | Error e) {
            flink.close();
            throw e;
        }
        return flink;
    }

    /** Options of a run that go to it. */
    public List<String> options() throws IOException {
        return List.of(
                "--runner=FlinkRunner",
                "--flinkMaster=" + folder.state().orElseThrow().address());
    }

    /** Kills one TaskManager with -9, and returns its pid. */
    public long kill(int which) throws Exception {
        List<ClusterProcess> all = folder.state().orElseThrow().taskManagers(folder);
        ClusterProcess victim = all.get(which % all.size());
        victim.running(folder).orElseThrow().destroyForcibly();
        Patience.real().until(Duration.ofSeconds(10), () -> !victim.runs(folder));
        return victim.pid();
    }

    /** Starts the TaskManagers that are missing. */
    public void complete() throws Exception {
        agon("start", "--task-managers", Integer.toString(taskManagers), "--slots", "1", "--heap", "1g", "--port", "0");
    }

    @Override
    public void close() throws Exception {
        agon("stop");
    }

    private void agon(String command, String... options) throws Exception {
        FinishedCommand done = FinishedCommand.run(folder, Map.of(), command, options);
        if (done.code() != 0) {
            throw new IllegalStateException("cluster " + command + ": " + done.text());
        }
    }
}
