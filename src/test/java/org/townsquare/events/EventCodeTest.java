package org.townsquare.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.townsquare.platform.Problem;

class EventCodeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "7K3M0101",
                "7k3m-oiol",
                " 7K3M 0101 ",
                "7k3m\u2013O1OL",
                "\uff17\uff2b\uff13\uff2d\uff10\uff11\uff10\uff11",
                "7-K-3-M-0-1-0-1",
                "7K3M\u00a00101\t",
            })
    void a_code_is_read_as_people_type_it(String typed) {
        assertEquals("7K3M0101", EventCode.parse(typed).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "7K3M010", "7K3M01011", "7K3M010U", "7K3M010!", "ÄÖÜßäöü1", "👩‍🚀👩‍🚀", "--------"})
    void what_is_no_code_is_malformed(String typed) {
        var problem = assertThrows(Problem.Unprocessable.class, () -> EventCode.parse(typed));
        assertEquals("code-malformed", problem.code);
    }

    @Test
    void a_very_long_text_is_malformed() {
        assertThrows(Problem.Unprocessable.class, () -> EventCode.parse("7K3M0101" + " ".repeat(100_000)));
    }

    @Test
    void every_drawn_code_is_one() {
        var random = RandomGenerator.of("L64X128MixRandom");
        var seen = new HashSet<Integer>();
        for (int i = 0; i < 2_000; i++) {
            EventCode code = EventCode.draw(random);
            assertEquals(code, EventCode.parse(code.text()));
            assertEquals(code, EventCode.parse(code.inGroups()));
            code.text().chars().forEach(seen::add);
        }
        assertEquals(32, seen.size());
    }
}
