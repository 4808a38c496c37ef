package org.townsquare.platform;

import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Query parameters, which arrive as text. */
public final class Parameters {
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
}
