package org.townsquare.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.townsquare.governance.CountSheet.TieBreak;

/** The published examples, and what each method does with ties, weights and empty ballots. */
class CountTest {
    private static final String WIKIPEDIA = "5 ACBED, 5 ADECB, 8 BEDAC, 3 CABED, 7 CAEBD, 2 CBADE, 7 DCEBA, 8 EBADC";
    private static final String TENNESSEE = "42 MNCK, 26 NCKM, 15 CKNM, 17 KCNM";

    @Test
    void forty_five_ballots_by_run_off() {
        Papers papers = Papers.of("ABCDE");
        CountSheet sheet = papers.irv(WIKIPEDIA);
        assertEquals("C", papers.letter(sheet.winner()));
        assertEquals(
                List.of("A10 B8 C12 D7 E8 -D", "A10 B8 C19 E8 -E", "A10 B16 C19 -A", "B16 C29 +C"),
                papers.rounds(sheet));
        assertEquals("C>B>A>E>D", papers.places(sheet.ranking()));
        assertEquals(1, sheet.ties().size());
        CountSheet.Tie tie = sheet.ties().get(0);
        assertEquals(2, tie.round());
        assertEquals(TieBreak.TIE_ORDER, tie.by());
        assertEquals(List.of(Papers.id('B'), Papers.id('E')), tie.options());
        assertEquals("E", papers.letter(tie.chosen()));
    }

    @Test
    void forty_five_ballots_by_pairs() {
        Papers papers = Papers.of("ABCDE");
        CountSheet sheet = papers.schulze(WIKIPEDIA);
        assertEquals("E>A>C>B>D", papers.places(sheet.ranking()));
        assertEquals("E", papers.letter(sheet.winner()));
        assertEquals(List.of(), sheet.tied());
        assertEquals(List.of(), sheet.ties());
        CountSheet.Pairwise pairwise = Objects.requireNonNull(sheet.pairwise());
        assertEquals(
                List.of(
                        List.of(0L, 20L, 26L, 30L, 22L),
                        List.of(25L, 0L, 16L, 33L, 18L),
                        List.of(19L, 29L, 0L, 17L, 24L),
                        List.of(15L, 12L, 28L, 0L, 14L),
                        List.of(23L, 27L, 21L, 31L, 0L)),
                pairwise.preferred());
        assertEquals(
                List.of("- 28 28 30 24", "25 - 28 33 24", "25 29 - 29 24", "25 28 28 - 24", "25 28 28 31 -"),
                pairwise.paths().stream()
                        .map(row -> String.join(
                                " ",
                                row.stream()
                                        .map(it -> it == null ? "-" : Long.toString(it.weight()))
                                        .toList()))
                        .toList());
    }

    @Test
    void the_capital_of_tennessee() {
        Papers papers = Papers.of("MNCK");
        CountSheet runOff = papers.irv(TENNESSEE);
        assertEquals(List.of("M42 N26 C15 K17 -C", "M42 N26 K32 -N", "M42 K58 +K"), papers.rounds(runOff));
        assertEquals("K>M>N>C", papers.places(runOff.ranking()));
        CountSheet pairs = papers.schulze(TENNESSEE);
        assertEquals("N>C>K>M", papers.places(pairs.ranking()));
        assertEquals("N", papers.letter(pairs.winner()));
    }

    @Test
    void schulze_s_own_examples() {
        Papers papers = Papers.of("ABCD");
        assertEquals(
                "D",
                papers.letter(
                        papers.schulze("8 ACDB, 2 BADC, 4 CDBA, 4 DBAC, 3 DCBA").winner()));
        CountSheet tied = papers.schulze("3 ABCD, 2 CBDA, 2 DABC, 2 DBCA");
        assertEquals(List.of(Papers.id('B'), Papers.id('D')), tied.tied());
        assertEquals("B", papers.letter(tied.winner()));
        assertEquals(TieBreak.TIE_ORDER, tied.ties().get(0).by());
        Papers drawn = Papers.of("ABCD", "DCBA");
        assertEquals(
                "D",
                drawn.letter(drawn.schulze("3 ABCD, 2 CBDA, 2 DABC, 2 DBCA").winner()));
    }

    @Test
    void of_several_with_the_fewest_the_one_with_fewer_before_goes() {
        Papers papers = Papers.of("ABCD", "CBAD");
        CountSheet sheet = papers.irv("6 AB, 4 BA, 3 CB, 1 DC");
        assertEquals(List.of("A6 B4 C3 D1 -D", "A6 B4 C4 -C", "A6 B7 *1 +B"), papers.rounds(sheet));
        assertEquals("B", papers.letter(sheet.winner()));
        assertEquals(TieBreak.EARLIER_ROUND, sheet.ties().get(0).by());
        assertEquals(1, sheet.ties().size());
    }

    @Test
    void of_two_equal_to_the_end_the_higher_tie_order_goes() {
        Papers papers = Papers.of("AB", "BA");
        CountSheet sheet = papers.irv("5 A, 5 B");
        assertEquals(List.of("A5 B5 -A", "B5 *5 +B"), papers.rounds(sheet));
        assertEquals("B", papers.letter(sheet.winner()));
    }

    @Test
    void options_without_a_vote_go_one_at_a_time() {
        Papers papers = Papers.of("ABCDE");
        CountSheet sheet = papers.irv("3 A, 2 BA, 2 C");
        assertEquals(
                List.of("A3 B2 C2 D0 E0 -E", "A3 B2 C2 D0 -D", "A3 B2 C2 -C", "A3 B2 *2 +A"), papers.rounds(sheet));
    }

    @Test
    void the_largest_weight_of_choices_wins() {
        Papers papers = Papers.of("ABC");
        CountSheet one =
                Count.of(VotingMethod.SINGLE_CHOICE, null, 0, papers.options(), papers.chosen("3 A, 5 B, 2 C"));
        assertEquals("B>A>C", papers.places(one.ranking()));
        CountSheet many = Count.of(VotingMethod.APPROVAL, null, 0, papers.options(), papers.chosen("3 A, 5 B, 4 AC"));
        assertEquals("A>B>C", papers.places(many.ranking()));
        assertEquals(
                new CountSheet.OptionCount(Papers.id('A'), 7, 7), many.options().get(0));
        assertNull(many.rounds());
        assertNull(many.pairwise());
    }

    @Test
    void weights_count_and_ballots_are_counted_apart() {
        Papers papers = Papers.of("AB");
        var ballots = Stream.of("A", "A", "B")
                .map(it -> papers.chosen("1 " + it).get(0).marks())
                .map(it -> BallotGroup.one(it, it.at(1) == 1 ? 3 : 1));
        CountSheet sheet =
                Count.of(VotingMethod.SINGLE_CHOICE, null, 0, papers.options(), BallotGroup.together(ballots));
        assertEquals("B", papers.letter(sheet.winner()));
        assertEquals(
                List.of(
                        new CountSheet.OptionCount(Papers.id('A'), 2, 2),
                        new CountSheet.OptionCount(Papers.id('B'), 1, 3)),
                sheet.options());
    }

    @Test
    void a_tie_of_sums_is_decided_by_the_drawn_order_and_said_so() {
        Papers papers = Papers.of("ABC", "CBA");
        CountSheet sheet =
                Count.of(VotingMethod.SINGLE_CHOICE, null, 0, papers.options(), papers.chosen("2 A, 2 C, 1 B"));
        assertEquals("C", papers.letter(sheet.winner()));
        assertEquals(List.of(Papers.id('A'), Papers.id('C')), sheet.tied());
        assertEquals("AC>B", papers.places(sheet.ranking()));
        assertEquals(
                List.of(new CountSheet.Tie(
                        null, List.of(Papers.id('A'), Papers.id('C')), TieBreak.TIE_ORDER, Papers.id('C'))),
                sheet.ties());
    }

    @Test
    void scores_are_added_and_of_equal_sums_the_one_with_more_top_scores_is_ahead() {
        Papers papers = Papers.of("ABC", "ABC");
        CountSheet sheet = scored(papers, List.of(3, 5, 0), List.of(3, 1, 6));
        assertEquals("C", papers.letter(sheet.winner()));
        assertEquals("C>AB", papers.places(sheet.ranking()).replace("A>B", "AB"));
        assertEquals(TieBreak.TOP_SCORES, sheet.ties().get(0).by());
        assertEquals(List.of(), sheet.tied());
        assertEquals(
                new CountSheet.OptionCount(Papers.id('C'), 1, 6),
                sheet.options().get(2));
        CountSheet even = scored(papers, List.of(3, 6, 0), List.of(3, 0, 6));
        assertEquals("B", papers.letter(even.winner()));
        assertEquals(
                List.of(TieBreak.TOP_SCORES, TieBreak.TIE_ORDER),
                even.ties().stream().map(CountSheet.Tie::by).toList());
        assertEquals(List.of(Papers.id('B'), Papers.id('C')), even.tied());
    }

    private static CountSheet scored(Papers papers, List<Integer> one, List<Integer> other) {
        return Count.of(
                VotingMethod.SCORE,
                null,
                6,
                papers.options(),
                BallotGroup.together(Stream.of(one, other).map(it -> BallotGroup.one(Marks.of(it), 1))));
    }

    @Test
    void blank_ballots_choose_nobody_and_are_counted_apart() {
        Papers papers = Papers.of("AB");
        for (Counting counting : Counting.values()) {
            CountSheet sheet =
                    Count.of(VotingMethod.RANKED, counting, 0, papers.options(), papers.ranked("4 , 2 A, 1 B"));
            assertEquals("A", papers.letter(sheet.winner()));
            assertEquals(new CountSheet.Ballots(4, 4), sheet.blanks());
            if (counting == Counting.IRV) assertEquals(List.of("A2 B1 +A"), papers.rounds(sheet));
        }
    }

    @Test
    void without_a_marked_ballot_nobody_wins() {
        Papers papers = Papers.of("AB");
        for (VotingMethod method : VotingMethod.values())
            for (Counting counting : Counting.values()) {
                CountSheet sheet = Count.of(method, counting, 5, papers.options(), papers.ranked("3 "));
                assertNull(sheet.winner());
                assertEquals(List.of(), sheet.ranking());
                assertEquals(3, sheet.blanks().count());
            }
    }

    @Test
    void the_unranked_are_last_and_equal_to_each_other() {
        Papers papers = Papers.of("ABC");
        CountSheet sheet = papers.schulze("3 A, 2 BC, 2 CB");
        assertEquals(
                List.of(List.of(0L, 3L, 3L), List.of(4L, 0L, 2L), List.of(4L, 2L, 0L)),
                Objects.requireNonNull(sheet.pairwise()).preferred());
        assertEquals("BC>A", papers.places(sheet.ranking()));
    }

    @Test
    void the_largest_electorate_with_the_largest_scores_does_not_overflow() {
        Papers papers = Papers.of("AB");
        var heavy = new BallotGroup(Marks.of(List.of(100, 99)), 10_000_000, 10_000_000_000_000L);
        CountSheet sheet = Count.of(VotingMethod.SCORE, null, 100, papers.options(), List.of(heavy));
        assertEquals(1_000_000_000_000_000L, sheet.options().get(0).weight());
        CountSheet runOff = Count.of(
                VotingMethod.RANKED,
                Counting.IRV,
                0,
                papers.options(),
                List.of(new BallotGroup(papers.ranks("BA"), 10_000_000, 10_000_000_000_000L)));
        assertEquals("B", papers.letter(runOff.winner()));
    }

    @Test
    void a_sheet_survives_its_way_into_the_database() {
        for (CountSheet sheet :
                List.of(Papers.of("ABCDE").irv(WIKIPEDIA), Papers.of("ABCDE").schulze(WIKIPEDIA)))
            assertEquals(sheet, new JsonObject(JsonObject.mapFrom(sheet).encode()).mapTo(CountSheet.class));
    }

    @Test
    void marks_are_written_and_read_alike() {
        Marks marks = Marks.parse("100,,0,1");
        assertEquals("100,,0,1", marks.text());
        assertEquals(marks, Marks.of(marks.array()));
        assertEquals(
                List.of(100, Marks.NONE, 0, 1),
                Stream.of(0, 1, 2, 3).map(marks::at).toList());
        assertTrue(Marks.parse(",,").isBlank());
        assertEquals(3, Marks.parse(",,").size());
    }

    /** docs/how-votes-are-counted.md. */
    @Test
    void the_school_of_the_citizens_chapter_is_counted_as_it_says() {
        Papers papers = Papers.of("MNCK");
        CountSheet single = Count.of(
                VotingMethod.SINGLE_CHOICE, null, 0, papers.options(), papers.chosen("42 M, 26 N, 15 C, 17 K"));
        assertEquals("M>N>K>C", papers.places(single.ranking()));
        CountSheet approval =
                Count.of(VotingMethod.APPROVAL, null, 0, papers.options(), papers.chosen("42 MN, 26 NC, 15 CK, 17 KC"));
        assertEquals("N", papers.letter(approval.winner()));
        assertEquals(List.of(42L, 68L, 58L, 32L), weights(approval));
        var scores = Stream.of("42 3,2,1,0", "26 0,3,2,1", "15 0,1,3,2", "17 0,1,2,3")
                .map(it -> it.split(" ", -1))
                .map(it -> new BallotGroup(Marks.parse(it[1]), Long.parseLong(it[0]), Long.parseLong(it[0])));
        CountSheet score = Count.of(VotingMethod.SCORE, null, 3, papers.options(), BallotGroup.together(scores));
        assertEquals("N", papers.letter(score.winner()));
        assertEquals(List.of(126L, 194L, 173L, 107L), weights(score));
        assertEquals(
                List.of(
                        List.of(0L, 42L, 42L, 42L),
                        List.of(58L, 0L, 68L, 68L),
                        List.of(58L, 32L, 0L, 83L),
                        List.of(58L, 32L, 17L, 0L)),
                Objects.requireNonNull(papers.schulze(TENNESSEE).pairwise()).preferred());
    }

    private static List<Long> weights(CountSheet sheet) {
        return sheet.options().stream().map(CountSheet.OptionCount::weight).toList();
    }
}
