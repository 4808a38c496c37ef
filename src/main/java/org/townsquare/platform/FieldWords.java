package org.townsquare.platform;

import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.metadata.ConstraintDescriptor;
import java.util.Locale;

/** What is wrong with a field, in the language of who is told: that of the API is English, whatever the caller accepts. */
@Singleton
public class FieldWords {
    private final MessageInterpolator words;

    FieldWords(ValidatorFactory validators) {
        words = validators.getMessageInterpolator();
    }

    public String of(ConstraintViolation<?> violation, Locale language) {
        return words.interpolate(violation.getMessageTemplate(), new Said(violation), language);
    }

    private record Said(ConstraintViolation<?> violation) implements MessageInterpolator.Context {
        @Override
        public ConstraintDescriptor<?> getConstraintDescriptor() {
            return violation.getConstraintDescriptor();
        }

        @Override
        public Object getValidatedValue() {
            return violation.getInvalidValue();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            return type.cast(this);
        }
    }
}
