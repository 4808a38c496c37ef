package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ballots on a question come to, as it is shown: not yet without the small numbers.
 *
 * @param sheet null as long as it is not disclosed
 */
record ShownCount(
        QuestionFigures figures,
        List<QuestionFigures.ByAttendance> attendance,
        @Nullable CountSheet sheet) {
    /** Of a question that was opened. */
    static Uni<ShownCount> of(Question question) {
        return QuestionFigures.of(question)
                .chain(figures -> QuestionFigures.byAttendance(question)
                        .chain(attendance ->
                                Counter.shown(question).map(sheet -> new ShownCount(figures, attendance, sheet))));
    }
}
