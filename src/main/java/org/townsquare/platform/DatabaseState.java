package org.townsquare.platform;

import jakarta.inject.Singleton;

/** Whether the database answers, as {@link DatabaseWatch} saw it last. */
@Singleton
class DatabaseState {
    private enum State {
        /** Not asked yet. */
        UNKNOWN,
        HERE,
        AWAY
    }

    private volatile State state = State.UNKNOWN;

    /** Whether requests are refused. */
    boolean isAway() {
        return state == State.AWAY;
    }

    /** Whether it has answered, and did so when it was asked last. */
    boolean isHere() {
        return state == State.HERE;
    }

    /** Whether it has answered since the start. */
    boolean wasHere() {
        return state != State.UNKNOWN;
    }

    void answers() {
        state = State.HERE;
    }

    /** Nothing that it was before is forgotten: one that was never here is not away. */
    void doesNotAnswer() {
        if (state != State.UNKNOWN) state = State.AWAY;
    }

    static Problem unavailable() {
        return new Problem.Busy("database-unavailable", "The database does not answer: try again in a moment.");
    }
}
