package org.townsquare.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.townsquare.platform.Problem;

class FoundVoteTest {
    private static final VoteView VOTE = new VoteView(Choice.YES, Instant.parse("2026-01-01T00:00:00Z"), "x");

    @Test
    void the_same_vote_again_is_the_answer_while_the_voting_lasts() {
        assertEquals(new VoteAnswer(VOTE, false), new FoundVote(true, false, true, VOTE, null).judge());
    }

    @Test
    void after_the_end_nothing_is_answered_but_that() {
        assertEquals("voting-closed", refusal(new FoundVote(true, true, true, VOTE, null)));
        assertEquals("voting-closed", refusal(new FoundVote(true, true, false, null, null)));
    }

    @Test
    void who_is_not_in_the_electorate_is_told_so() {
        assertEquals("not-in-electorate", refusal(new FoundVote(true, false, false, null, null)));
    }

    @Test
    void what_was_never_opened_takes_no_votes() {
        assertEquals("proposal-not-voting", refusal(new FoundVote(false, true, false, null, null)));
    }

    @Test
    void who_came_a_moment_before_the_opening_may_try_again() {
        assertEquals("proposal-not-voting", refusal(new FoundVote(true, false, true, null, null)));
    }

    private static String refusal(FoundVote found) {
        return assertThrows(Problem.class, found::judge).code;
    }
}
