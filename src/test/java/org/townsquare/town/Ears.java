package org.townsquare.town;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** Hears all that the service logs, at the level of production, with the words of what was thrown; the mail server of the tests is none of it. */
public final class Ears extends Handler implements AutoCloseable {
    private static final String HEARD = "the handler hears";

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    private Ears() {}

    public static Ears open() {
        var ears = new Ears();
        ears.setLevel(Level.ALL);
        Logger.getLogger("").addHandler(ears);
        Logger.getLogger("org.townsquare.test").warning(HEARD);
        assertTrue(ears.heard.contains(HEARD));
        return ears;
    }

    @Override
    public void publish(LogRecord record) {
        if (String.valueOf(record.getLoggerName()).startsWith("com.icegreen")) return;
        var text = new StringBuilder(ExtLogRecord.wrap(record).getFormattedMessage());
        add(text, record.getThrown());
        heard.add(text.toString());
    }

    private static void add(StringBuilder text, Throwable thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            text.append(' ').append(e);
            for (Throwable suppressed : e.getSuppressed()) add(text, suppressed);
        }
    }

    /** All that says this. */
    public List<String> saying(String text) {
        return heard.stream().filter(it -> it.contains(text)).toList();
    }

    /** Nothing heard has any of these in it, in upper or lower case. */
    public void assertNothingOf(Collection<String> secrets) {
        for (String line : heard) {
            String small = line.toLowerCase(Locale.ROOT);
            assertEquals(
                    List.of(),
                    secrets.stream()
                            .filter(it -> small.contains(it.toLowerCase(Locale.ROOT)))
                            .toList(),
                    line);
        }
    }

    /** Nothing heard has this code as a word of its own. */
    public void assertNothingOfCode(String code) {
        assertEquals(
                List.of(),
                heard.stream()
                        .filter(it -> it.matches("(?s).*\\b" + code + "\\b.*"))
                        .toList());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
