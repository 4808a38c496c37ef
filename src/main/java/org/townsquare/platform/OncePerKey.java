package org.townsquare.platform;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A POST that a caller may repeat: with the same {@code Idempotency-Key} it is carried out once, and its first answer is given again. The answer is
 * kept in the very transaction of the effect: that of {@code @WithTransaction}, else one that the endpoint opens by {@link Repeats}.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface OncePerKey {
    /** Whether the answer holds a token or a key: such an answer is not kept, and the repeat is refused with {@code secret-shown-once}. */
    @Nonbinding
    boolean showsSecret() default false;
}
