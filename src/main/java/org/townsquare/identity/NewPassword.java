package org.townsquare.identity;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** A password of 8 to 128 characters: not of Java's, but of Unicode's. */
@Constraint(validatedBy = NewPassword.Length.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@interface NewPassword {
    String message() default "must have 8 to 128 characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Leaves what is missing to {@code @NotNull}. */
    class Length implements ConstraintValidator<NewPassword, String> {
        @Override
        public boolean isValid(@Nullable String password, ConstraintValidatorContext context) {
            return password == null || PasswordRule.hasLength(password);
        }
    }
}
