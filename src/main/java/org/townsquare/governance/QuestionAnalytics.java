package org.townsquare.governance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Member;
import org.townsquare.identity.Role;

/** The figures of a question: whole numbers, never shares. What its viewer may not see, or not yet, is null. */
record QuestionAnalytics(
        @Nullable QuestionTurnout turnout,

        @Schema(
                description =
                        "When people answered first, by hours; hours with fewer than five are joined to the next.")
        @Nullable
        List<Span> timeline,

        @Nullable List<ByRole> byRole,

        @Schema(description = "By how many of the latest events the voters had attended, where the rule names a group.")
        @Nullable
        List<ByAttendance> byAttendance,

        @Nullable List<CountSheet.OptionCount> byOption,
        CountSheet.@Nullable Ballots blanks,

        @Schema(description = "Of an instant run-off.") @Nullable
        List<CountSheet.Round> rounds,

        @Schema(description = "Of a count by pairs.") CountSheet.@Nullable Pairwise pairwise) {

    /** First ballots in a time of whole hours. */
    @Schema(name = "TurnoutSpan")
    record Span(Instant from, Instant to, long count) {}

    /** Numbers below five are null. */
    @Schema(name = "TurnoutByRole")
    record ByRole(
            Role role, @Nullable Long electors, @Nullable Long voters) {}

    /** Of those who attended so many of the last events: who took part, of how many. Numbers below five are null. */
    @Schema(name = "TurnoutByAttendance")
    record ByAttendance(
            int attended,
            int last,
            @Nullable Long count,
            @Nullable Long of) {}

    /** For a viewer who sees none of it. */
    static final QuestionAnalytics NOTHING = new QuestionAnalytics(null, null, null, null, null, null, null, null);

    static QuestionAnalytics of(Question question, Electorate electorate, ShownCount count, Member viewer) {
        boolean turnout = Disclosure.showsTurnout(question, viewer);
        QuestionFigures figures = count.figures();
        CountSheet sheet = count.sheet();
        return new QuestionAnalytics(
                turnout ? turnout(question, electorate, figures) : null,
                turnout ? SmallCells.hours(figures.hours()) : null,
                turnout
                        ? figures.byRole().stream()
                                .map(QuestionAnalytics::byRole)
                                .toList()
                        : null,
                turnout ? byAttendance(question, count.attendance()) : null,
                sheet == null ? null : sheet.options(),
                sheet == null ? null : sheet.blanks(),
                sheet == null ? null : sheet.rounds(),
                sheet == null ? null : sheet.pairwise());
    }

    private static QuestionTurnout turnout(Question question, Electorate electorate, QuestionFigures figures) {
        return QuestionTurnout.of(
                question.terms(), figures.voters(), electorate.electors, figures.weight(), electorate.totalWeight);
    }

    private static ByRole byRole(QuestionFigures.ByRole row) {
        return new ByRole(row.role(), SmallCells.shown(row.electors()), SmallCells.shown(row.voters()));
    }

    private static List<ByAttendance> byAttendance(Question question, List<QuestionFigures.ByAttendance> rows) {
        Integer last = question.attendanceLast();
        if (last == null) return List.of();
        List<@Nullable Long> counts = SmallCells.parts(
                rows.stream().map(QuestionFigures.ByAttendance::count).toList());
        List<@Nullable Long> electors = SmallCells.parts(
                rows.stream().map(QuestionFigures.ByAttendance::of).toList());
        var shown = new ArrayList<ByAttendance>();
        IntStream.range(0, rows.size())
                .forEach(
                        i -> shown.add(new ByAttendance(rows.get(i).attended(), last, counts.get(i), electors.get(i))));
        return shown;
    }
}
