package org.townsquare.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** JSON as RFC 8785 (JCS) writes it, so that its hash is that of its meaning. Numbers are integers within ±(2^53 - 1); others are refused. */
public final class CanonicalJson {
    private static final long MOST = (1L << 53) - 1;

    private CanonicalJson() {}

    /** The one text of this value. */
    public static String write(JsonNode value) {
        var out = new StringBuilder(512);
        append(value, out);
        return out.toString();
    }

    private static void append(JsonNode value, StringBuilder out) {
        switch (value.getNodeType()) {
            case OBJECT -> {
                List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(value.properties());
                // UTF-16 code units, as String.compareTo orders them
                fields.sort(Comparator.comparing(Map.Entry::getKey));
                char before = '{';
                for (var field : fields) {
                    out.append(before);
                    before = ',';
                    quote(field.getKey(), out);
                    out.append(':');
                    append(field.getValue(), out);
                }
                out.append(before == '{' ? "{}" : "}");
            }
            case ARRAY -> {
                char before = '[';
                for (JsonNode item : value) {
                    out.append(before);
                    before = ',';
                    append(item, out);
                }
                out.append(before == '[' ? "[]" : "]");
            }
            case STRING -> quote(value.textValue(), out);
            case NUMBER -> out.append(integer(value));
            case BOOLEAN -> out.append(value.booleanValue());
            case NULL -> out.append("null");
            default -> throw new IllegalArgumentException("not JSON: " + value.getNodeType());
        }
    }

    private static long integer(JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToLong() || Math.abs(value.longValue()) > MOST)
            throw new IllegalArgumentException(
                    "only integers within 2^53 are written; write this one as a string: " + value);
        return value.longValue();
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) out.append(String.format("\\u%04x", (int) c));
                    else out.append(c);
                }
            }
        }
        out.append('"');
    }
}
