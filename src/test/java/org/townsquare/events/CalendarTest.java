package org.townsquare.events;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class CalendarTest {
    /** Longer than a line may be, of characters of one to four octets, with all that has a meaning of its own. */
    private static final String LONG =
            "Supper; bread, soup \\ wine: " + "é漢👩‍🚀ا".repeat(12) + "\r\nSecond line\tand \"more\"";

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-10-25T02:30:00, 120",
        "Europe/Berlin, 2026-10-25T00:30:00, 1440",
        "America/New_York, 2027-03-14T01:30:00, 60",
        "America/New_York, 2027-03-14T02:30:00, 60",
        "Asia/Kathmandu, 2026-06-01T18:45:00, 90",
        "Australia/Lord_Howe, 2026-10-04T01:45:00, 45",
        "Pacific/Apia, 2026-12-31T23:30:00, 60",
    })
    void two_parsers_read_the_same_instants(String zone, LocalDateTime local, int minutes) throws Exception {
        Instant start = local.atZone(ZoneId.of(zone)).toInstant();
        Gathering event = Gathering.of(
                Map.of("title", LONG, "startTime", start.toString(), "durationMinutes", minutes, "timeZone", zone));
        String text = calendar(event.path()).asString();
        VEvent read = biweekly(text).getEvents().get(0);
        assertEquals(start, read.getDateStart().getValue().toInstant());
        assertEquals(
                start.plusSeconds(minutes * 60L), read.getDateEnd().getValue().toInstant());
        var other = ical4j(text)
                .<net.fortuna.ical4j.model.component.VEvent>getComponents("VEVENT")
                .get(0);
        assertEquals(start, Instant.from(other.<Temporal>getDateTimeStart().getDate()));
        assertEquals(
                start.plusSeconds(minutes * 60L),
                Instant.from(other.<Temporal>getDateTimeEnd().getDate()));
    }

    @Test
    void an_event_keeps_its_uid_and_counts_its_changes() throws Exception {
        Gathering event =
                Gathering.of(Map.of("title", LONG, "description", LONG, "place", "The mill, Weir Road; left"));
        VEvent first = biweekly(calendar(event.path()).asString()).getEvents().get(0);
        assertEquals(event.id() + "@townsquare", first.getUid().getValue());
        assertEquals(0, first.getSequence().getValue());
        assertEquals(LONG.replace("\r\n", "\n"), first.getSummary().getValue().replace("\r\n", "\n"));
        assertEquals(
                LONG.replace("\r\n", "\n"), first.getDescription().getValue().replace("\r\n", "\n"));
        assertEquals("The mill, Weir Road; left", first.getLocation().getValue());
        assertEquals("CONFIRMED", first.getStatus().getValue());
        EventChangesTest.changed(event, Map.of("title", "Late supper")).statusCode(200);
        event.act("cancellation", Map.of("reason", "Rain")).statusCode(200);
        String text = calendar(event.path()).asString();
        VEvent second = biweekly(text).getEvents().get(0);
        assertEquals(first.getUid().getValue(), second.getUid().getValue());
        assertEquals(2, second.getSequence().getValue());
        assertEquals("CANCELLED", second.getStatus().getValue());
        assertEquals("Late supper", second.getSummary().getValue());
        assertTrue(!second.getLastModified()
                .getValue()
                .toInstant()
                .isBefore(first.getLastModified().getValue().toInstant()));
        Calendar other = ical4j(text);
        assertEquals(
                event.id() + "@townsquare",
                other.getComponents().get(0).getRequiredProperty(Property.UID).getValue());
    }

    @Test
    void a_line_has_at_most_75_octets_and_ends_with_cr_and_lf() {
        Gathering event = Gathering.of(Map.of("title", LONG, "description", "👩‍🚀".repeat(300)));
        byte[] bytes = calendar(event.path()).asByteArray();
        String text = new String(bytes, StandardCharsets.UTF_8);
        assertEquals(bytes.length, text.getBytes(StandardCharsets.UTF_8).length, "a character was cut");
        assertTrue(text.endsWith("END:VCALENDAR\r\n"));
        for (String line : text.split("\r\n", -1)) {
            assertTrue(line.getBytes(StandardCharsets.UTF_8).length <= 75, line);
            assertEquals(-1, line.indexOf('\n'), line);
            assertEquals(-1, line.indexOf('\uFFFD'), line);
        }
    }

    @Test
    void a_group_is_a_feed_of_its_events() throws Exception {
        Gathering one = Gathering.open();
        String group = "/api/v1/event-groups/" + one.groupId();
        String two = Gathering.schedule(one.host(), one.groupId(), Map.of("title", "Two"))
                .extract()
                .path("id");
        one.act("cancellation", Map.of("reason", "Rain")).statusCode(200);
        Response feed = calendar(group);
        ICalendar read = biweekly(feed.asString());
        assertEquals(
                Map.of(one.id() + "@townsquare", "CANCELLED", two + "@townsquare", "CONFIRMED"),
                read.getEvents().stream()
                        .collect(Collectors.toMap(
                                it -> it.getUid().getValue(),
                                it -> it.getStatus().getValue())));
        assertEquals("Assemblies", read.getNames().get(0).getValue());
        assertEquals(2, ical4j(feed.asString()).getComponents("VEVENT").size());
        Person.nobody()
                .header("If-None-Match", feed.header("ETag"))
                .get(group + "/calendar.ics")
                .then()
                .statusCode(304);
        EventChangesTest.changed(new Gathering(one.village(), one.groupId(), two, ""), Map.of("title", "Three"))
                .statusCode(200);
        assertNotEquals(feed.header("ETag"), calendar(group).header("ETag"));
    }

    @Test
    void a_group_without_events_is_a_calendar_all_the_same() throws Exception {
        Village village = Village.open();
        String text =
                calendar("/api/v1/event-groups/" + Gathering.group(village)).asString();
        assertEquals(List.of(), Biweekly.parse(text).first().getEvents());
        assertEquals(1, ical4j(text).getComponents().size());
    }

    @Test
    void a_private_calendar_is_for_members() {
        Gathering event = Gathering.in(Village.hidden(), Map.of());
        for (String path : Set.of(event.path(), "/api/v1/event-groups/" + event.groupId())) {
            Person.nobody().get(path + "/calendar.ics").then().statusCode(404).body("code", is("not-found"));
            Person.named("Eve").sends().get(path + "/calendar.ics").then().statusCode(404);
            event.host()
                    .sends()
                    .get(path + "/calendar.ics")
                    .then()
                    .statusCode(200)
                    .header("ETag", notNullValue());
        }
    }

    private static Response calendar(String path) {
        Response answer = Person.nobody().get(path + "/calendar.ics");
        answer.then().statusCode(200).contentType("text/calendar;charset=UTF-8").header("ETag", notNullValue());
        return answer;
    }

    private static ICalendar biweekly(String text) {
        ICalendar calendar = Biweekly.parse(text).first();
        assertTrue(
                calendar.validate(biweekly.ICalVersion.V2_0).isEmpty(),
                () -> calendar.validate(biweekly.ICalVersion.V2_0).toString());
        return calendar;
    }

    private static Calendar ical4j(String text) throws Exception {
        Calendar calendar = new CalendarBuilder().build(new StringReader(text));
        var result = calendar.validate();
        assertTrue(result.getEntries().isEmpty(), result::toString);
        return calendar;
    }
}
