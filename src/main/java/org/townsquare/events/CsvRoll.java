package org.townsquare.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A roll as RFC 4180 has it: CRLF, every cell in quotes. A text that a spreadsheet would take for a formula gets an apostrophe before it; nothing of it is
 * changed or left out.
 *
 * @param mark whether it begins with the byte order mark by which spreadsheets know UTF-8
 * @param disarms whether formulas are disarmed; programs that read it want the bare text
 */
record CsvRoll(boolean mark, boolean disarms) implements RollWriter {
    static final String TYPE = "text/csv;charset=UTF-8";

    static final List<String> COLUMNS = List.of(
            "event",
            "participantId",
            "name",
            "kind",
            "source",
            "checkedInAtUtc",
            "checkedInAtLocal",
            "timeZone",
            "voidedAt",
            "receipt");

    private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    @Override
    public byte[] head() {
        var out = new StringBuilder(mark ? "\uFEFF" : "");
        line(out, COLUMNS.toArray());
        return out.toString().getBytes(UTF_8);
    }

    @Override
    public byte[] rows(List<RollRow> rows) {
        var out = new StringBuilder();
        for (RollRow row : rows)
            line(
                    out,
                    row.event(),
                    row.participantId(),
                    row.name(),
                    row.kind(),
                    row.source(),
                    row.checkedInAtUtc(),
                    row.checkedInAtLocal(),
                    row.timeZone(),
                    row.voidedAt(),
                    row.receipt().text());
        return out.toString().getBytes(UTF_8);
    }

    @Override
    public byte[] end() {
        return new byte[0];
    }

    private void line(StringBuilder out, @Nullable Object... cells) {
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) out.append(',');
            Object cell = cells[i];
            String text = cell == null ? "" : cell.toString();
            out.append('"');
            if (disarms && isFormula(text)) out.append('\'');
            out.append(text.replace("\"", "\"\"")).append('"');
        }
        out.append("\r\n");
    }

    /** By the first character that is seen; spreadsheets look behind spaces and what has no width, too. */
    static boolean isFormula(String text) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (FORMULA.indexOf(c) >= 0) return true;
            if (!Character.isSpaceChar(c) && !Character.isWhitespace(c) && Character.getType(c) != Character.FORMAT)
                return false;
            i += Character.charCount(c);
        }
        return false;
    }
}
