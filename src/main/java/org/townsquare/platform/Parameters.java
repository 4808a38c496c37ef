package org.townsquare.platform;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Query parameters, which arrive as text. */
public final class Parameters {
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private Parameters() {}

    /** Problems: {@code parameter-invalid}. */
    public static @Nullable UUID id(String name, @Nullable String value) {
        if (value == null) return null;
        try {
            UUID id = UUID.fromString(value);
            if (id.toString().equalsIgnoreCase(value)) return id;
        } catch (IllegalArgumentException e) {
            throw noId(name);
        }
        throw noId(name);
    }

    private static Problem noId(String name) {
        return new Problem.BadRequest("parameter-invalid", name + " is a UUID.");
    }

    /** Problems: {@code parameter-invalid}, which names the values there are. */
    public static <E extends Enum<E>> @Nullable E oneOf(Class<E> type, String name, @Nullable String value) {
        if (value == null) return null;
        for (E constant : type.getEnumConstants()) if (constant.name().equals(value)) return constant;
        throw new Problem.BadRequest(
                "parameter-invalid",
                String.format(Locale.ROOT, "%s is one of %s.", name, Arrays.toString(type.getEnumConstants())));
    }

    /** Of the years that a database holds. Problems: {@code parameter-invalid}. */
    public static @Nullable Instant instant(String name, @Nullable String value) {
        if (value == null) return null;
        try {
            Instant instant = Instant.parse(value);
            if (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST)) return instant;
        } catch (DateTimeParseException e) {
            throw invalid(name + " is an instant, such as 2026-11-20T12:00:00Z.");
        }
        throw invalid(name + " lies between the years 1970 and 9999.");
    }

    /** A whole number from 0 on. Problems: {@code parameter-invalid}. */
    public static @Nullable Long whole(String name, @Nullable String value) {
        if (value == null) return null;
        if (!value.matches("[0-9]{1,18}")) throw invalid(name + " is a whole number from 0 on.");
        return Long.valueOf(value);
    }

    /** False where it is absent. Problems: {@code parameter-invalid}. */
    public static boolean flag(String name, @Nullable String value) {
        if (value == null || value.equals("false")) return false;
        if (value.equals("true")) return true;
        throw invalid(name + " is true or false.");
    }

    private static Problem invalid(String detail) {
        return new Problem.BadRequest("parameter-invalid", detail);
    }
}
