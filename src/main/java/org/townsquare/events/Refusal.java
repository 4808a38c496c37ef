package org.townsquare.events;

import org.hibernate.exception.ConstraintViolationException;

/** What the database refused. */
final class Refusal {
    private Refusal() {}

    /** Whether this constraint did. */
    static boolean isBy(String constraint, Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause())
            if (cause instanceof ConstraintViolationException violation)
                return constraint.equals(violation.getConstraintName());
        return false;
    }
}
