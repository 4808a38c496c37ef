package org.townsquare.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SmallCellsTest {
    @Test
    void fewer_than_five_people_are_not_shown() {
        assertEquals(
                Arrays.asList(null, null, 5L),
                Stream.of(0L, 4L, 5L).map(SmallCells::shown).toList());
    }

    @Test
    void of_parts_of_a_known_total_no_single_one_is_left_out() {
        assertEquals(Arrays.asList(7L, 5L), SmallCells.parts(List.of(7L, 5L)));
        assertEquals(Arrays.asList(9L, null, null), SmallCells.parts(List.of(9L, 3L, 6L)));
        assertEquals(Arrays.asList(9L, null, null), SmallCells.parts(List.of(9L, 3L, 2L)));
        assertEquals(Arrays.asList((Long) null), SmallCells.parts(List.of(3L)));
    }

    @Test
    void hours_of_fewer_than_five_are_joined_to_the_next_and_at_the_end_to_those_before() {
        assertEquals(List.of("08 10 6", "13 14 5", "14 18 9"), spans("08:2", "09:4", "13:5", "14:6", "15:1", "17:2"));
        assertEquals(List.of(), spans("08:2", "09:2"));
        assertEquals(List.of("08 21 5"), spans("08:4", "20:1"));
        assertEquals(List.of(), spans());
    }

    private static List<String> spans(String... hours) {
        return SmallCells.hours(Stream.of(hours)
                        .map(it -> new QuestionFigures.Hour(
                                "2026-11-20T" + it.substring(0, 2) + ":00:00Z", Long.parseLong(it.substring(3))))
                        .toList())
                .stream()
                .map(it -> hour(it.from()) + " " + hour(it.to()) + " " + it.count())
                .toList();
    }

    private static String hour(Instant time) {
        return time.toString().substring(11, 13);
    }

    @Test
    void a_chart_is_never_cut_within_a_sign_and_holds_no_sign_that_xml_cannot() {
        String family = "👩‍👩‍👧";
        String svg = new BarChart(
                        "t",
                        "d",
                        List.of(
                                new BarChart.Bar(family.repeat(80), 0, ""),
                                new BarChart.Bar("a\u0000b\uD800c\uFFFE", 3, "winner")),
                        0)
                .svg();
        assertTrue(svg.contains(family.repeat(72) + "…") || svg.contains(family.repeat(70)), svg);
        assertFalse(svg.contains(family.repeat(72) + "👩…"), svg);
        assertTrue(svg.contains("abc"), svg);
        assertTrue(svg.contains("3 of 0, winner"), svg);
    }
}
