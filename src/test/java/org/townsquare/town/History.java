package org.townsquare.town;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was asked of the service and what came back, in a file: a line before each request and one after its answer. Held against the rows it shows
 * {@code ok ⊆ present ⊆ ok ∪ unknown}.
 */
public final class History implements Closeable {
    /** What is written; of a check-in there is at most one row for a key, of a vote one for each revision. */
    public enum Kind {
        CHECK_IN,
        VOTE
    }

    /** What came back. Without an answer, and after one that says nothing (5xx), nobody knows. */
    public enum Outcome {
        OK,
        REFUSED,
        UNKNOWN
    }

    /**
     * A request.
     *
     * @param number in the order of asking
     * @param key what identifies the row
     * @param value what was to be written
     * @param told the proof in the answer where it was OK, else why not
     */
    public record Attempt(long number, Kind kind, String key, String value, Outcome outcome, String told) {}

    /**
     * What stands in the database.
     *
     * @param current false for a revision that a later one replaced
     */
    public record Row(Kind kind, String key, String value, String proof, boolean current) {}

    private final BufferedWriter file;
    private final AtomicLong ok = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private long last;

    public History(Path path) throws IOException {
        file = Files.newBufferedWriter(path);
    }

    /** Before it is sent. Returns the number for its answer. */
    public synchronized long asked(Kind kind, String key, String value) {
        write(++last, "asked", kind + " " + key + " " + value);
        return last;
    }

    public synchronized void ok(long number, String proof) {
        write(number, "OK", proof);
        ok.incrementAndGet();
    }

    public synchronized void refused(long number, String code) {
        write(number, "REFUSED", code);
    }

    public synchronized void unknown(long number, String why) {
        write(number, "UNKNOWN", why);
        unknown.incrementAndGet();
    }

    /** How many were acknowledged so far. */
    public long oks() {
        return ok.get();
    }

    public long unknowns() {
        return unknown.get();
    }

    private void write(long number, String what, String rest) {
        try {
            file.write(number + " " + what + " " + rest.replaceAll("\\s", " ") + "\n");
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }

    /** All attempts of a file, in the order of asking; one that was never answered is unknown. */
    public static List<Attempt> read(Path path) throws IOException {
        var attempts = new TreeMap<Long, Attempt>();
        for (String line : Files.readAllLines(path)) {
            String[] words = line.split(" ", 3);
            long number = Long.parseLong(words[0]);
            if (words[1].equals("asked")) {
                String[] asked = words[2].split(" ", 3);
                attempts.put(
                        number,
                        new Attempt(number, Kind.valueOf(asked[0]), asked[1], asked[2], Outcome.UNKNOWN, "no answer"));
            } else
                attempts.computeIfPresent(
                        number,
                        (same, it) -> new Attempt(
                                same, it.kind(), it.key(), it.value(), Outcome.valueOf(words[1]), words[2]));
        }
        return List.copyOf(attempts.values());
    }

    /** Where the rows are not what the history tells; empty when all is well. */
    public static List<String> differences(List<Attempt> attempts, List<Row> rows) {
        var differences = new ArrayList<String>();
        var byKey = new TreeMap<String, List<Attempt>>();
        for (Attempt attempt : attempts)
            byKey.computeIfAbsent(attempt.kind() + " " + attempt.key(), key -> new ArrayList<>())
                    .add(attempt);
        var present = new TreeMap<String, List<Row>>();
        for (Row row : rows)
            present.computeIfAbsent(row.kind() + " " + row.key(), key -> new ArrayList<>())
                    .add(row);
        byKey.forEach((key, asked) -> compare(key, asked, present.getOrDefault(key, List.of()), differences));
        present.forEach((key, found) -> {
            if (!byKey.containsKey(key)) differences.add(key + " was never asked for: " + found);
        });
        return differences;
    }

    private static void compare(String key, List<Attempt> asked, List<Row> found, List<String> differences) {
        var proofs = new HashSet<String>();
        for (Row row : found)
            if (!proofs.add(row.proof())) differences.add(key + " is there twice with the same proof: " + row);
        if (found.stream().filter(Row::current).count() > 1)
            differences.add(key + " is there more than once: " + found);
        if (!found.isEmpty() && found.get(0).kind() == Kind.CHECK_IN && found.size() > 1)
            differences.add(key + " was done more than once: " + found);

        Map<String, String> acknowledged = new HashMap<>();
        Map<String, Integer> possible = new HashMap<>();
        for (Attempt attempt : asked) {
            if (attempt.outcome() == Outcome.OK) acknowledged.put(attempt.told(), attempt.value());
            if (attempt.outcome() == Outcome.UNKNOWN) possible.merge(attempt.value(), 1, Integer::sum);
        }
        acknowledged.forEach((proof, value) -> {
            if (found.stream()
                    .noneMatch(row -> row.proof().equals(proof) && row.value().equals(value)))
                differences.add(key + " was acknowledged and is lost: " + value + " " + proof);
        });
        for (Row row : found) {
            if (row.value().equals(acknowledged.get(row.proof()))) continue;
            if (possible.merge(row.value(), -1, Integer::sum) < 0)
                differences.add(key + " is there, though it was refused or never asked for: " + row);
        }
        for (Row row : found) if (row.current()) current(key, asked, row, differences);
    }

    /** The row that counts is the last one acknowledged, or one asked for after it of which nobody knows. */
    private static void current(String key, List<Attempt> asked, Row row, List<String> differences) {
        Attempt newest = null;
        boolean mayBeLater = false;
        for (Attempt attempt : asked) {
            if (attempt.outcome() == Outcome.OK) {
                newest = attempt;
                mayBeLater = false;
            } else if (attempt.outcome() == Outcome.UNKNOWN)
                mayBeLater |= attempt.value().equals(row.value());
        }
        boolean isNewest = newest != null && newest.told().equals(row.proof());
        if (!isNewest && !mayBeLater) differences.add(key + " went back: " + row + ", acknowledged last: " + newest);
    }
}
