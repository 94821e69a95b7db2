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

/** The table of grades of a finished run, and the only table that can change: a draft is written beside it and swapped in whole. */
public final class GradesTable {

    private static final String FOLDER = TableName.GRADES.folder();

    private final Path run;

    public GradesTable(Path run) {
        this.run = run;
    }

    /** Replaces the grades of these rollouts. The grades of other rollouts stay. */
    public void put(Collection<Grade> grades, String runId) throws IOException {
        Path table = run.resolve(FOLDER);
        Path old = run.resolve(FOLDER + ".old");
        if (Files.exists(old) && !Files.exists(table)) {
            Files.move(
                    old, table, StandardCopyOption.ATOMIC_MOVE); // an earlier import was killed between its two moves
        }
        Map<String, Grade> rows = new TreeMap<>();
        StoredTable.of(run, TableName.GRADES, Grade.class).forEach(grade -> rows.put(grade.getRolloutId(), grade));
        grades.forEach(grade -> rows.put(grade.getRolloutId(), grade));
        Path draft = run.resolve(FOLDER + ".stage");
        FileTrees.remove(draft);
        Files.createDirectories(draft);
        try (FileChannel file = FileChannel.open(
                draft.resolve(FOLDER + "-00000-of-00001.parquet"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            TableFile.write(TableName.GRADES, runId, rows.values(), file);
        }
        RunFolder.swap(draft, table);
    }
}
