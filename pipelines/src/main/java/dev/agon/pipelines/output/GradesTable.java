package dev.agon.pipelines.output;

import dev.agon.sandbox.FileTrees;
import dev.agon.schemas.Grade;
import dev.agon.schemas.TableName;
import dev.agon.tables.TableFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The table of grades of a finished run, changed without touching any other: a stage beside it is written, and swapped in whole. */
public final class GradesTable {

    private static final String FOLDER = TableName.GRADES.folder();

    private final Path run;

    public GradesTable(Path run) {
        this.run = run;
    }

    /** Puts grades in the place of those that the same rollouts had; the others stay. */
    public void put(Collection<Grade> grades, String runId) throws IOException {
        Path table = run.resolve(FOLDER);
        Path old = run.resolve(FOLDER + ".old");
        if (Files.exists(old) && !Files.exists(table)) {
            Files.move(old, table, StandardCopyOption.ATOMIC_MOVE); // an earlier import ended between its two moves
        }
        Map<String, Grade> rows = new TreeMap<>();
        StoredTable.of(run, TableName.GRADES, Grade.class).forEach(grade -> rows.put(grade.getRolloutId(), grade));
        grades.forEach(grade -> rows.put(grade.getRolloutId(), grade));
        Path stage = run.resolve(FOLDER + ".stage");
        FileTrees.remove(stage);
        FileTrees.remove(old);
        Files.createDirectories(stage);
        try (FileChannel file = FileChannel.open(
                stage.resolve(FOLDER + "-00000-of-00001.parquet"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            TableFile.write(TableName.GRADES, runId, rows.values(), file);
        }
        if (Files.exists(table)) {
            Files.move(table, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(stage, table, StandardCopyOption.ATOMIC_MOVE);
        FileTrees.remove(old);
    }
}
