package org.townsquare.governance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem.Unprocessable;

/**
 * What a ballot on a question may say.
 *
 * @param counting for RANKED
 * @param maxScore for SCORE
 */
record BallotForm(
        VotingMethod method,
        @Nullable Counting counting,
        boolean allowBlank,
        int minChoices,
        int maxChoices,
        @Nullable Integer maxScore) {
    private static final int USUAL_SCORE = 10;

    /** Of a new question. Problems: {@code question-invalid}. */
    static BallotForm of(DraftQuestion in) {
        requireFitting(in.method(), in.counting(), in.minChoices(), in.maxChoices(), in.maxScore());
        return usual(in.method(), in.options().size())
                .with(in.counting(), in.allowBlank(), in.minChoices(), in.maxChoices(), in.maxScore())
                .checked(in.options().size());
    }

    /** After a change of this one. Problems: {@code question-invalid}. */
    BallotForm changed(EditQuestion in, int options) {
        VotingMethod next = in.method() == null ? method : in.method();
        requireFitting(next, in.counting(), in.minChoices(), in.maxChoices(), in.maxScore());
        BallotForm usual = usual(next, options);
        boolean begunAnew = next != method;
        return new BallotForm(
                        next,
                        begunAnew ? usual.counting : counting,
                        allowBlank,
                        begunAnew ? usual.minChoices : minChoices,
                        begunAnew || in.options() != null ? usual.maxChoices : maxChoices,
                        begunAnew ? usual.maxScore : maxScore)
                .with(in.counting(), in.allowBlank(), in.minChoices(), in.maxChoices(), in.maxScore())
                .checked(options);
    }

    private static BallotForm usual(VotingMethod method, int options) {
        return new BallotForm(
                method,
                method == VotingMethod.RANKED ? Counting.IRV : null,
                true,
                1,
                method == VotingMethod.APPROVAL ? options : 1,
                method == VotingMethod.SCORE ? USUAL_SCORE : null);
    }

    private BallotForm with(
            @Nullable Counting otherCounting,
            @Nullable Boolean otherBlank,
            @Nullable Integer otherMin,
            @Nullable Integer otherMax,
            @Nullable Integer otherScore) {
        return new BallotForm(
                method,
                otherCounting == null ? counting : otherCounting,
                otherBlank == null ? allowBlank : otherBlank,
                otherMin == null ? minChoices : otherMin,
                otherMax == null ? maxChoices : otherMax,
                otherScore == null ? maxScore : otherScore);
    }

    private static void requireFitting(
            VotingMethod method,
            @Nullable Counting counting,
            @Nullable Integer min,
            @Nullable Integer max,
            @Nullable Integer score) {
        if (counting != null && method != VotingMethod.RANKED) throw unfit("counting is for RANKED.");
        if (score != null && method != VotingMethod.SCORE) throw unfit("maxScore is for SCORE.");
        if ((min != null || max != null) && method != VotingMethod.APPROVAL)
            throw unfit("minChoices and maxChoices are for APPROVAL.");
    }

    private BallotForm checked(int options) {
        if (minChoices > maxChoices || maxChoices > options)
            throw unfit("minChoices is at most maxChoices, and that at most the number of options.");
        return this;
    }

    private static Unprocessable unfit(String why) {
        return new Unprocessable("question-invalid", why);
    }

    /** The marks of a ballot. Problems: {@code ballot-invalid}. */
    Marks read(CastBallot in, List<UUID> options) {
        if (given(in.choices()) + given(in.ranking()) + given(in.scores()) != 1)
            throw invalid("Say one of choices, ranking and scores.");
        var marks = new ArrayList<@Nullable Integer>(Collections.nCopies(options.size(), null));
        if (in.choices() != null && in.choices().isEmpty()) {
            if (!allowBlank) throw invalid("This question takes no blank ballots.");
            return Marks.of(marks);
        }
        switch (method) {
            case SINGLE_CHOICE, APPROVAL -> choose(in.choices(), options, marks);
            case RANKED -> rank(in.ranking(), options, marks);
            case SCORE -> score(in.scores(), options, marks);
        }
        return Marks.of(marks);
    }

    private static int given(@Nullable Object part) {
        return part == null ? 0 : 1;
    }

    private void choose(@Nullable List<UUID> choices, List<UUID> options, List<@Nullable Integer> marks) {
        if (choices == null) throw invalid("This question is answered by choices.");
        if (new HashSet<>(choices).size() != choices.size()) throw invalid("An option is chosen once.");
        if (choices.size() < minChoices || choices.size() > maxChoices)
            throw invalid(
                    minChoices == maxChoices
                            ? "Choose " + minChoices + " of the options."
                            : "Choose " + minChoices + " to " + maxChoices + " of the options.");
        for (UUID choice : choices) marks.set(place(choice, options), 1);
    }

    private void rank(@Nullable List<List<UUID>> ranking, List<UUID> options, List<@Nullable Integer> marks) {
        if (ranking == null || ranking.isEmpty()) throw invalid("This question is answered by a ranking.");
        int rank = 0;
        for (List<UUID> equal : ranking) {
            rank++;
            if (counting == Counting.IRV && equal.size() != 1) throw invalid("A rank holds one option.");
            for (UUID option : equal) {
                int place = place(option, options);
                if (marks.get(place) != null) throw invalid("An option has one rank.");
                marks.set(place, rank);
            }
        }
    }

    private void score(@Nullable Map<UUID, Integer> scores, List<UUID> options, List<@Nullable Integer> marks) {
        if (scores == null || scores.isEmpty() || maxScore == null)
            throw invalid("This question is answered by scores.");
        scores.forEach((option, score) -> {
            if (score < 0 || score > maxScore) throw invalid("A score is a whole number from 0 to " + maxScore + ".");
            marks.set(place(option, options), score);
        });
    }

    private static int place(UUID option, List<UUID> options) {
        int place = options.indexOf(option);
        if (place < 0) throw invalid("The question has no option " + option + ".");
        return place;
    }

    private static Unprocessable invalid(String why) {
        return new Unprocessable("ballot-invalid", why);
    }

    /** What these marks say. */
    Said said(Marks marks, List<UUID> options) {
        if (marks.isBlank()) return new Said(List.of(), null, null);
        return switch (method) {
            case SINGLE_CHOICE, APPROVAL -> {
                var choices = new ArrayList<UUID>();
                for (int i = 0; i < options.size(); i++) if (marks.at(i) != Marks.NONE) choices.add(options.get(i));
                yield new Said(choices, null, null);
            }
            case RANKED -> {
                var ranks = new TreeMap<Integer, List<UUID>>();
                for (int i = 0; i < options.size(); i++)
                    if (marks.at(i) != Marks.NONE)
                        ranks.computeIfAbsent(marks.at(i), rank -> new ArrayList<>())
                                .add(options.get(i));
                yield new Said(null, List.copyOf(ranks.values()), null);
            }
            case SCORE -> {
                var scores = new LinkedHashMap<UUID, Integer>();
                for (int i = 0; i < options.size(); i++)
                    if (marks.at(i) != Marks.NONE) scores.put(options.get(i), marks.at(i));
                yield new Said(null, null, scores);
            }
        };
    }

    CountSheet count(List<Candidate> options, List<BallotGroup> ballots) {
        return Count.of(method, counting, maxScore == null ? 0 : maxScore, options, ballots);
    }
}
