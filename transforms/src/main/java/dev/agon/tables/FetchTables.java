package dev.agon.tables;

import dev.agon.schemas.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;

/** Copies the tables of a run that has ended from any of Beam's file systems into a folder of this machine. */
public final class FetchTables {

    private FetchTables() {}

    /**
     * Copies every file of every table; what is not finished stays where it is.
     *
     * @param from where workers wrote the tables
     * @param to the folder that gets one folder for each table that has files
     */
    public static void into(Path to, TableTarget from) throws IOException {
        for (TableName table : TableName.values()) {
            MatchResult files =
                    FileSystems.match(from.folder() + "/" + table.folder() + "/*.parquet", EmptyMatchTreatment.ALLOW);
            for (MatchResult.Metadata file : files.metadata()) {
                Path folder = Files.createDirectories(to.resolve(table.folder()));
                try (InputStream in = Channels.newInputStream(FileSystems.open(file.resourceId()))) {
                    Files.copy(in, folder.resolve(file.resourceId().getFilename()));
                }
            }
        }
    }
}
