package org.townsquare.platform;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Query parameters, which arrive as text. */
public final class Parameters {
    private Parameters() {}

    /** Problems: {@code parameter-invalid}, which names the values there are. */
    public static <E extends Enum<E>> @Nullable E oneOf(Class<E> type, String name, @Nullable String value) {
        if (value == null) return null;
        for (E constant : type.getEnumConstants()) if (constant.name().equals(value)) return constant;
        throw new Problem.BadRequest(
                "parameter-invalid",
                String.format(Locale.ROOT, "%s is one of %s.", name, Arrays.toString(type.getEnumConstants())));
    }
}
