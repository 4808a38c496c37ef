package org.townsquare.governance;

import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;

/**
 * A chart of bars as SVG, of figures alone: no script, no style, nothing from elsewhere. Its description says in words what the bars show, and no colour
 * says anything that no word says.
 *
 * @param of what the longest possible bar would stand for
 */
record BarChart(String title, String description, List<Bar> bars, long of) {
    private static final int WIDTH = 720;
    private static final int MARGIN = 16;
    private static final int TOP = 56;
    private static final int ROW = 56;
    private static final int LONGEST_BAR = 520;
    private static final int LONGEST_LABEL = 72;

    /** One bar; {@code note} stands after its value. */
    record Bar(String label, long value, String note) {}

    String svg() {
        int height = TOP + bars.size() * ROW + MARGIN;
        var out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" "
                        + "aria-labelledby=\"title desc\" font-family=\"system-ui, sans-serif\">",
                WIDTH,
                height,
                WIDTH,
                height));
        out.append("<title id=\"title\">").append(escaped(title)).append("</title>");
        out.append("<desc id=\"desc\">").append(escaped(words())).append("</desc>");
        out.append(String.format(Locale.ROOT, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, height));
        text(out, MARGIN, 32, 18, "#111111", isolated(shortened(title)));
        int y = TOP;
        for (Bar bar : bars) {
            text(out, MARGIN, y + 14, 14, "#111111", isolated(shortened(bar.label)));
            long length = of == 0 ? 0 : bar.value * LONGEST_BAR / of;
            out.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"18\" fill=\"#e3e8ee\"/>"
                            + "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"18\" fill=\"#1f5f8b\"/>",
                    MARGIN,
                    y + 22,
                    LONGEST_BAR,
                    MARGIN,
                    y + 22,
                    length));
            text(out, MARGIN + LONGEST_BAR + 8, y + 36, 14, "#111111", said(bar));
            y += ROW;
        }
        return out.append("</svg>").toString();
    }

    private String words() {
        var words = new StringBuilder(description);
        for (Bar bar : bars)
            words.append(' ')
                    .append(isolated(bar.label))
                    .append(": ")
                    .append(said(bar))
                    .append('.');
        return words.toString();
    }

    private String said(Bar bar) {
        return bar.value + " of " + of + (bar.note.isEmpty() ? "" : ", " + bar.note);
    }

    private static void text(StringBuilder out, int x, int y, int size, String colour, String text) {
        out.append(String.format(
                        Locale.ROOT, "<text x=\"%d\" y=\"%d\" font-size=\"%d\" fill=\"%s\">", x, y, size, colour))
                .append(escaped(text))
                .append("</text>");
    }

    /** Between FIRST STRONG ISOLATE and its end: a text from right to left turns nothing around it. */
    private static String isolated(String text) {
        return "\u2068" + text + "\u2069";
    }

    /** Never cut within what a reader takes for one sign. */
    private static String shortened(String text) {
        BreakIterator signs = BreakIterator.getCharacterInstance(Locale.ROOT);
        signs.setText(text);
        int end = signs.next(LONGEST_LABEL);
        return end == BreakIterator.DONE || end == text.length() ? text : text.substring(0, end) + "…";
    }

    /** What XML 1.0 cannot hold is left out. */
    private static String escaped(String text) {
        var out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(it -> {
            switch (it) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                    if (isAllowed(it)) out.appendCodePoint(it);
                }
            }
        });
        return out.toString();
    }

    private static boolean isAllowed(int sign) {
        if (sign < 0x20) return sign == '\t' || sign == '\n' || sign == '\r';
        return sign < 0xD800 || (sign > 0xDFFF && sign != 0xFFFE && sign != 0xFFFF);
    }
}
