package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Tuple;
import java.util.List;
import org.townsquare.identity.Role;
import org.townsquare.platform.Statement;

/** Who took part in a question, as it is counted: not to be shown before small numbers are taken out. */
@RegisterForReflection
record QuestionFigures(long voters, long weight, List<Hour> hours, List<ByRole> byRole) {
    private static final Statement FIGURES = Statement.of(QuestionFigures.class, "question-analytics.sql");
    private static final Statement ATTENDANCE = Statement.of(QuestionFigures.class, "attendance-of-question.sql");

    /** First ballots within an hour from then. */
    @RegisterForReflection
    record Hour(String from, long count) {}

    /** The electors with a role, and who of them took part. */
    @RegisterForReflection
    record ByRole(Role role, long electors, long voters) {}

    /** The electors who attended so many events, and who of them took part. */
    record ByAttendance(int attended, long count, long of) {}

    /** Of a question that was opened. */
    static Uni<QuestionFigures> of(Question question) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(FIGURES.sql(), String.class)
                        .setParameter("question", question.id)
                        .getSingleResult())
                .map(json -> new JsonObject(json).mapTo(QuestionFigures.class));
    }

    /** By how many events they had attended; nothing where the rule names no group of events. */
    static Uni<List<ByAttendance>> byAttendance(Question question) {
        if (question.attendanceLast() == null) return Uni.createFrom().item(List.of());
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(ATTENDANCE.sql(), Tuple.class)
                        .setParameter("question", question.id)
                        .getResultList())
                .map(rows -> rows.stream()
                        .map(row -> new ByAttendance((int) number(row, 0), number(row, 1), number(row, 2)))
                        .toList());
    }

    private static long number(Tuple row, int column) {
        return ((Number) row.get(column)).longValue();
    }
}
