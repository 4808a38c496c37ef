package org.townsquare.platform;

import java.util.Map;

/** What a feature answers when the database refuses a row: constraint name to problem. One bean a feature. */
public interface ConstraintProblems {
    Map<String, Problem> byConstraint();
}
