package org.townsquare.events;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the content lines of iCalendar (RFC 5545): text escaped, lines ended by CRLF and folded at 75 octets between characters. */
final class CalendarLines {
    private static final int OCTETS = 75;
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final StringBuilder out = new StringBuilder();

    /** A value that needs no escape. */
    @CanIgnoreReturnValue
    CalendarLines line(String name, String value) {
        fold(name + ":" + value);
        return this;
    }

    @CanIgnoreReturnValue
    CalendarLines text(String name, String value) {
        return line(name, escaped(value));
    }

    /** In UTC, to the second. */
    @CanIgnoreReturnValue
    CalendarLines time(String name, Instant time) {
        return line(name, UTC.format(time));
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length());
        text.replace("\r\n", "\n").replace('\r', '\n').codePoints().forEach(c -> {
            switch (c) {
                case '\\', ';', ',' -> escaped.append('\\').appendCodePoint(c);
                case '\n' -> escaped.append("\\n");
                default -> {
                    if (!isForbidden(c)) escaped.appendCodePoint(c);
                }
            }
        });
        return escaped.toString();
    }

    /** The controls that no content line may hold, not even escaped. */
    private static boolean isForbidden(int c) {
        return (c < ' ' && c != '\t') || c == 0x7F;
    }

    private void fold(String line) {
        int octets = 0;
        for (int i = 0; i < line.length(); ) {
            int c = line.codePointAt(i);
            String character = Character.toString(c);
            int width = character.getBytes(StandardCharsets.UTF_8).length;
            if (octets + width > OCTETS) {
                out.append("\r\n ");
                octets = 1;
            }
            out.append(character);
            octets += width;
            i += Character.charCount(c);
        }
        out.append("\r\n");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
