package org.townsquare.communities;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem.Unprocessable;

/** A client's own data, kept as it was sent or refused. */
final class Metadata {
    private Metadata() {}

    /** Problems: {@code metadata-inexact} for a number that a double cannot hold. */
    static JsonObject of(@Nullable Map<String, Object> sent) {
        if (sent == null) return new JsonObject();
        requireExact(sent);
        return new JsonObject(sent);
    }

    private static void requireExact(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) object.values().forEach(Metadata::requireExact);
        else if (value instanceof Collection<?> list) list.forEach(Metadata::requireExact);
        else if (value instanceof BigDecimal number && !isExact(number))
            throw new Unprocessable(
                    "metadata-inexact",
                    "A number has more digits or a larger exponent than a double holds: send it as text.");
    }

    private static boolean isExact(BigDecimal number) {
        double near = number.doubleValue();
        return Double.isFinite(near) && new BigDecimal(Double.toString(near)).compareTo(number) == 0;
    }
}
