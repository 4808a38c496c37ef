package org.townsquare.platform;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** A text that may be left out, but is not blank: something of it remains when it is stripped, {@link #least} characters or more. */
@Constraint(validatedBy = NotBlankIfGiven.Filled.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
public @interface NotBlankIfGiven {
    String message() default "{jakarta.validation.constraints.NotBlank.message}";

    int least() default 1;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    class Filled implements ConstraintValidator<NotBlankIfGiven, String> {
        private int least;

        @Override
        public void initialize(NotBlankIfGiven asked) {
            least = asked.least();
        }

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            return text == null || text.strip().length() >= least;
        }
    }
}
