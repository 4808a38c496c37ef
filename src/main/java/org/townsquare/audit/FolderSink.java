package org.townsquare.audit;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A folder with a file for each checkpoint, named by its size, that is written once. The name of the last one sorts last. */
final class FolderSink implements Sink {
    private static final String END = ".checkpoint";

    private final Path folder;

    FolderSink(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public @Nullable String last() throws IOException {
        List<Path> files = files();
        return files.isEmpty() ? null : Files.readString(files.get(files.size() - 1));
    }

    /** All of them, the smallest first. */
    List<Path> files() throws IOException {
        var found = new ArrayList<Path>();
        try (var files = Files.newDirectoryStream(folder, "*" + END)) {
            files.forEach(found::add);
        }
        found.sort(null);
        return found;
    }

    /** Under its name there is all of it or nothing: it is written beside and then linked, which refuses a name that is taken. */
    @Override
    public void publish(Checkpoint checkpoint, String note) throws IOException {
        Path file = folder.resolve("%020d%s".formatted(checkpoint.size(), END));
        if (Files.exists(file)) {
            refuseAnother(file, note);
            return;
        }
        Path beside = Files.createTempFile(folder, ".", ".unfinished");
        try {
            Files.writeString(beside, note);
            Files.createLink(file, beside);
        } catch (FileAlreadyExistsException e) {
            refuseAnother(file, note);
        } catch (UnsupportedOperationException e) {
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void refuseAnother(Path file, String note) throws IOException {
        if (!Files.readString(file).equals(note))
            throw new LogRefused(LogAlarm.LOG_INCONSISTENT, "another checkpoint of this size is published in " + file);
    }
}
