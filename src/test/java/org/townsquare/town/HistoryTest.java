package org.townsquare.town;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.townsquare.town.History.Kind;
import org.townsquare.town.History.Row;

/** The comparison behind the crash test finds what it is there to find. */
class HistoryTest {
    @TempDir
    private Path folder;

    @Test
    void what_was_acknowledged_or_is_unknown_may_be_there_and_all_is_well() throws Exception {
        try (History history = open()) {
            history.ok(history.asked(Kind.CHECK_IN, "a", "e"), "1");
            history.unknown(history.asked(Kind.CHECK_IN, "b", "e"), "reset");
            history.unknown(history.asked(Kind.CHECK_IN, "c", "e"), "503");
            history.refused(history.asked(Kind.CHECK_IN, "d", "e"), "check-in-closed");
            long unanswered = history.asked(Kind.CHECK_IN, "e", "e");
            assertEquals(5, unanswered);
            assertEquals(1, history.oks());
            assertEquals(2, history.unknowns());
        }
        assertEquals(List.of(), differences(checkIn("a", "1"), checkIn("b", "2"), checkIn("e", "3")));
    }

    @Test
    void a_lost_write_is_found() throws Exception {
        try (History history = open()) {
            history.ok(history.asked(Kind.CHECK_IN, "a", "e"), "1");
        }
        assertFound("is lost");
        assertFound("is lost", checkIn("a", "2"));
    }

    @Test
    void a_refused_write_that_is_there_is_found() throws Exception {
        try (History history = open()) {
            history.refused(history.asked(Kind.CHECK_IN, "a", "e"), "check-in-closed");
        }
        assertFound("refused or never asked", checkIn("a", "1"));
    }

    @Test
    void a_write_that_nobody_asked_for_is_found() throws Exception {
        open().close();
        assertFound("never asked", checkIn("a", "1"));
    }

    @Test
    void a_write_done_twice_is_found_also_when_both_could_be() throws Exception {
        try (History history = open()) {
            history.unknown(history.asked(Kind.CHECK_IN, "a", "e"), "reset");
            history.ok(history.asked(Kind.CHECK_IN, "a", "e"), "2");
        }
        assertFound("more than once", checkIn("a", "1"), checkIn("a", "2"));
        assertFound("twice with the same proof", checkIn("a", "2"), checkIn("a", "2"));
    }

    @Test
    void each_revision_of_a_vote_is_accounted_for() throws Exception {
        try (History history = open()) {
            history.ok(history.asked(Kind.VOTE, "p/u", "YES"), "1");
            history.unknown(history.asked(Kind.VOTE, "p/u", "NO"), "reset");
            history.ok(history.asked(Kind.VOTE, "p/u", "ABSTAIN"), "3");
            history.unknown(history.asked(Kind.VOTE, "p/u", "YES"), "reset");
        }
        assertEquals(List.of(), differences(vote("YES", "1", false), vote("ABSTAIN", "3", true)));
        assertEquals(
                List.of(), differences(vote("YES", "1", false), vote("NO", "2", false), vote("ABSTAIN", "3", true)));
        assertEquals(
                List.of(), differences(vote("YES", "1", false), vote("ABSTAIN", "3", false), vote("YES", "4", true)));
        assertFound("is lost", vote("ABSTAIN", "3", true));
        assertFound("never asked", vote("YES", "1", false), vote("ABSTAIN", "2", false), vote("ABSTAIN", "3", true));
        assertFound(
                "never asked",
                vote("YES", "1", false),
                vote("NO", "2", false),
                vote("NO", "5", false),
                vote("ABSTAIN", "3", true));
    }

    @Test
    void a_vote_that_went_back_to_an_earlier_choice_is_found() throws Exception {
        try (History history = open()) {
            history.ok(history.asked(Kind.VOTE, "p/u", "YES"), "1");
            history.unknown(history.asked(Kind.VOTE, "p/u", "NO"), "reset");
            history.ok(history.asked(Kind.VOTE, "p/u", "ABSTAIN"), "3");
        }
        assertFound("went back", vote("YES", "1", true), vote("ABSTAIN", "3", false));
        assertFound("went back", vote("YES", "1", false), vote("ABSTAIN", "3", false), vote("NO", "2", true));
    }

    private static Row checkIn(String key, String id) {
        return new Row(Kind.CHECK_IN, key, "e", id, true);
    }

    private static Row vote(String choice, String receipt, boolean current) {
        return new Row(Kind.VOTE, "p/u", choice, receipt, current);
    }

    private History open() throws Exception {
        return new History(folder.resolve("history"));
    }

    private List<String> differences(Row... rows) throws Exception {
        return History.differences(History.read(folder.resolve("history")), List.of(rows));
    }

    private void assertFound(String what, Row... rows) throws Exception {
        List<String> differences = differences(rows);
        assertTrue(differences.stream().anyMatch(it -> it.contains(what)), what + " in " + differences);
    }
}
