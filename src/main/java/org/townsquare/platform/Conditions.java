package org.townsquare.platform;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a search asks for besides: conditions, each with its value, after those that the query has in any case. */
public final class Conditions {
    private final String sign;
    private final List<@Nullable Object> values;
    private final StringBuilder text = new StringBuilder();

    /**
     * @param values of the parameters that the query has in any case, in their order
     */
    public Conditions(Object... values) {
        this("?", values);
    }

    private Conditions(String sign, @Nullable Object[] values) {
        this.sign = sign;
        this.values = new ArrayList<>(Arrays.asList(values));
    }

    /** The same of a {@link Statement}, whose parameters are $1, $2, … */
    public static Conditions ofStatement(@Nullable Object... values) {
        return new Conditions("$", values);
    }

    /** One without a value. */
    @CanIgnoreReturnValue
    public Conditions and(String condition) {
        text.append(" and ").append(condition);
        return this;
    }

    /**
     * One of a value; none where nothing is asked for.
     *
     * @param condition in which {@code %s} is the value, as often as {@code %1$s} stands there
     */
    @CanIgnoreReturnValue
    public Conditions and(String condition, @Nullable Object value) {
        if (value == null) return this;
        values.add(value);
        return and(condition.formatted(sign + values.size()));
    }

    /** To be appended: each begins with {@code and}. */
    public String text() {
        return text.toString();
    }

    /** Of all parameters. */
    public @Nullable Object[] values() {
        return values.toArray();
    }
}
