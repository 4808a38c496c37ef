package org.townsquare.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A part of a list, in its order. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(
        List<T> items,

        @Schema(description = "The cursor of the next page; absent on the last one.") @Nullable
        String next) {

    /** Shows the items of a page in another form. */
    public <V> Page<V> map(Function<T, V> form) {
        return new Page<>(items.stream().map(form).toList(), next);
    }
}
