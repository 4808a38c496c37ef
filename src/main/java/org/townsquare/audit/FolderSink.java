package org.townsquare.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
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
        return files.isEmpty() ? null : read(files.get(files.size() - 1));
    }

    /** All of them, the smallest first. */
    List<Path> files() throws IOException {
        var found = new ArrayList<Path>();
        try (var files = Files.newDirectoryStream(folder, "*" + END)) {
            files.forEach(found::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(null);
        return found;
    }

    /** By the name of the file; -1 where that names none. */
    static long size(Path file) {
        String name = file.getFileName().toString();
        return name.matches("0[0-9]{19}" + Pattern.quote(END))
                ? Long.parseLong(name.substring(0, name.length() - END.length()))
                : -1;
    }

    /** Its bytes, whatever they are: what is no text is no checkpoint. */
    static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
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
            // a name must never outlive what is written under it, not even a loss of power
            write(beside, note);
            Files.createLink(file, beside);
        } catch (FileAlreadyExistsException e) {
            refuseAnother(file, note);
        } catch (UnsupportedOperationException e) {
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void write(Path file, String note) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                int unused = channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void refuseAnother(Path file, String note) throws IOException {
        if (!read(file).equals(note))
            throw new LogRefused(LogAlarm.LOG_INCONSISTENT, "another checkpoint of this size is published in " + file);
    }
}
