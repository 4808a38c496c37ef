package org.townsquare.governance;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a ballot says: a place for each option, in the order of their positions, with 1 for a choice, the rank (1 is best) or the score; or with nothing.
 * Held as a text of one byte a place, since a count holds many.
 */
record Marks(String places) {
    /** In place of a mark. */
    static final int NONE = -1;

    private static final char NOTHING = 0;

    static Marks of(List<@Nullable Integer> marks) {
        var places = new StringBuilder(marks.size());
        for (Integer mark : marks) places.append(mark == null ? NOTHING : (char) (mark + 1));
        return new Marks(places.toString());
    }

    static Marks of(Short[] marks) {
        var places = new StringBuilder(marks.length);
        for (Short mark : marks) places.append(mark == null ? NOTHING : (char) (mark + 1));
        return new Marks(places.toString());
    }

    /** Of {@link #text}. */
    static Marks parse(String text) {
        var places = new StringBuilder();
        for (String mark : text.split(",", -1))
            places.append(mark.isEmpty() ? NOTHING : (char) (Integer.parseInt(mark) + 1));
        return new Marks(places.toString());
    }

    int size() {
        return places.length();
    }

    /** The mark of the option with this index, or {@link #NONE}. */
    int at(int option) {
        return places.charAt(option) - 1;
    }

    boolean isBlank() {
        return places.chars().allMatch(it -> it == NOTHING);
    }

    /** The marks joined by commas, nothing where there is none: as they stand in a receipt. */
    String text() {
        return places.chars()
                .mapToObj(it -> it == NOTHING ? "" : Integer.toString(it - 1))
                .collect(Collectors.joining(","));
    }

    /** As the database keeps them. */
    @Nullable
    Short[] array() {
        return places.chars()
                .mapToObj(it -> it == NOTHING ? null : (Short) (short) (it - 1))
                .toArray(Short[]::new);
    }
}
