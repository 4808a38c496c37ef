package org.townsquare.governance;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers that stand for so few people that one could tell who they are. */
final class SmallCells {
    static final int FEWEST = 5;

    private SmallCells() {}

    /** Null below five. */
    static @Nullable Long shown(long people) {
        return people < FEWEST ? null : people;
    }

    /** The parts of a total that is known: where one alone would be left out, which anyone could work out, the smallest of the others goes too. */
    static List<@Nullable Long> parts(List<Long> people) {
        var shown = new ArrayList<@Nullable Long>();
        for (long part : people) shown.add(shown(part));
        if (shown.stream().filter(it -> it == null).count() == 1) {
            int smallest = -1;
            for (int i = 0; i < people.size(); i++)
                if (shown.get(i) != null && (smallest < 0 || people.get(i) < people.get(smallest))) smallest = i;
            if (smallest >= 0) shown.set(smallest, null);
        }
        return shown;
    }

    /** Hours with fewer than five first ballots are joined to the next that has some, at the end to those before; of fewer than five in all nothing is shown. */
    static List<QuestionAnalytics.Span> hours(List<QuestionFigures.Hour> hours) {
        var spans = new ArrayList<QuestionAnalytics.Span>();
        Instant from = Instant.MIN;
        Instant to = Instant.MIN;
        long waiting = 0;
        for (QuestionFigures.Hour hour : hours) {
            Instant begin = Instant.parse(hour.from());
            if (waiting == 0) from = begin;
            to = begin.plus(1, ChronoUnit.HOURS);
            waiting += hour.count();
            if (waiting >= FEWEST) {
                spans.add(new QuestionAnalytics.Span(from, to, waiting));
                waiting = 0;
            }
        }
        if (waiting > 0 && !spans.isEmpty()) {
            QuestionAnalytics.Span last = spans.remove(spans.size() - 1);
            spans.add(new QuestionAnalytics.Span(last.from(), to, last.count() + waiting));
        }
        return spans;
    }
}
