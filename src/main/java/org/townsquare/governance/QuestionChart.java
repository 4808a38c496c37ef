package org.townsquare.governance;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The counts of a question as bars, in the order of its options. */
final class QuestionChart {
    private QuestionChart() {}

    static BarChart of(Question question, List<QuestionOption> options, CountSheet sheet) {
        QuestionResult outcome = question.outcome();
        UUID winner = outcome == null ? null : outcome.winner();
        return new BarChart(
                question.title,
                what(question.form()),
                IntStream.range(0, options.size())
                        .mapToObj(i -> bar(options.get(i), sheet.options().get(i), winner))
                        .toList(),
                most(question.form(), sheet));
    }

    private static BarChart.Bar bar(QuestionOption option, CountSheet.OptionCount count, @Nullable UUID winner) {
        return new BarChart.Bar(option.label, count.weight(), option.id.equals(winner) ? "winner" : "");
    }

    private static String what(BallotForm form) {
        return switch (form.method()) {
            case SINGLE_CHOICE -> "Weight of the ballots for each option.";
            case APPROVAL -> "Weight of the ballots that approve of each option.";
            case SCORE -> "Sum of the scores of each option.";
            case RANKED -> "Weight of the ballots that rank each option first.";
        };
    }

    /** What an option would have that every ballot with a mark favours most. */
    private static long most(BallotForm form, CountSheet sheet) {
        long marked = sheet.marked().weight();
        Integer top = form.maxScore();
        return top == null ? marked : marked * top;
    }
}
