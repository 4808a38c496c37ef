package org.townsquare.events;

import jakarta.inject.Singleton;
import java.util.Map;
import org.townsquare.platform.ConstraintProblems;
import org.townsquare.platform.Problem;

@Singleton
class EventProblems implements ConstraintProblems {
    @Override
    public Map<String, Problem> byConstraint() {
        return Map.of(
                "event_code_text",
                new Problem.Busy(),
                "event_window",
                Event.emptyWindow(),
                Attendance.ONE_PER_PARTICIPANT,
                new Problem.Busy(),
                Attendance.ONE_PER_CLIENT,
                new Problem.Busy());
    }
}
