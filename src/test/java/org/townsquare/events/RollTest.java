package org.townsquare.events;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.townsquare.platform.Digest;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class RollTest {
    private static final List<String> FORMULAS = List.of(
            "=1+1",
            "+49 30 1234",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "  =1",
            "\u00A0\u200B\uFEFF=1",
            "\uFF1Dcmd",
            "\uFF0B1",
            "\uFF0D1",
            "\uFF20x",
            "=HYPERLINK(\"http://x\",\"y\")");

    private static final List<String> NAMES = List.of(
            "Ada",
            "👩‍👩‍👧‍👦 Ana",
            "اجتماع الحي",
            "a\"b",
            "two\r\nlines",
            "a,b;c",
            "  spaces  ",
            "'quoted",
            "e\u0301 <b>&amp;</b>",
            "漢字 = 1");

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void csv_disarms_formulas_and_changes_nothing_else() {
        Gathering event = hostile();
        String text = roll(event.host(), event.path(), ".csv").asString();
        assertTrue(text.startsWith("\uFEFF"));
        List<List<String>> lines = parsed(text.substring(1));
        assertEquals(CsvRoll.COLUMNS, lines.get(0));
        var expected = new ArrayList<String>();
        for (String name : FORMULAS) expected.add("'" + name);
        expected.addAll(NAMES);
        assertEquals(expected, lines.stream().skip(1).map(it -> it.get(2)).toList());
        for (var line : lines.subList(1, lines.size())) {
            assertEquals("'=Assembly", line.get(0));
            Instant utc = Instant.parse(line.get(5));
            assertEquals(utc, OffsetDateTime.parse(line.get(6)).toInstant());
            assertEquals("Asia/Kathmandu", line.get(7));
            assertTrue(line.get(6).endsWith("+05:45"), line.get(6));
        }
        String bare = roll(event.host(), event.path(), ".csv?bom=0&escape=none").asString();
        var names = new ArrayList<>(FORMULAS);
        names.addAll(NAMES);
        assertEquals(names, parsed(bare).stream().skip(1).map(it -> it.get(2)).toList());
    }

    @Test
    void a_workbook_holds_texts_and_dates_and_no_formula() throws Exception {
        Gathering event = hostile();
        byte[] bytes = roll(event.host(), event.path(), ".xlsx").asByteArray();
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(bytes))) {
            List<Row> rows = workbook.getFirstSheet().read();
            assertEquals(1 + FORMULAS.size() + NAMES.size(), rows.size());
            var names = new ArrayList<String>();
            for (Row row : rows.subList(1, rows.size())) {
                for (Cell cell : row) {
                    if (cell == null) continue;
                    assertEquals(
                            cell.getColumnIndex() == 6 ? CellType.NUMBER : CellType.STRING,
                            cell.getType(),
                            () -> cell.getAddress() + " " + cell.getRawValue());
                    assertEquals(null, cell.getFormula());
                }
                names.add(row.getCell(2).asString());
                Instant utc = Instant.parse(row.getCell(5).asString());
                LocalDateTime local = utc.atZone(ZoneId.of("Asia/Kathmandu")).toLocalDateTime();
                assertTrue(
                        Math.abs(java.time.Duration.between(
                                                local, row.getCell(6).asDate())
                                        .toMillis())
                                < 1000,
                        () -> local + " " + row.getCell(6).asDate());
                assertEquals("Asia/Kathmandu", row.getCell(7).asString());
            }
            var expected = new ArrayList<>(FORMULAS);
            expected.addAll(NAMES);
            // XML reads the end of a line as LF
            assertEquals(
                    expected.stream().map(RollTest::lines).toList(),
                    names.stream().map(RollTest::lines).toList());
        }
    }

    private static String lines(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    @Test
    void json_lines_lose_nothing() throws Exception {
        Gathering event = hostile();
        Response answer = roll(event.host(), event.path(), ".jsonl");
        var names = new ArrayList<String>();
        for (String line : answer.asString().split("\n", -1)) {
            if (line.isEmpty()) continue;
            JsonNode row = json.readTree(line);
            names.add(row.get("name").textValue());
            assertEquals(event.id(), row.get("eventId").textValue());
            assertEquals("=Assembly", row.get("event").textValue());
            assertEquals(
                    Instant.parse(row.get("checkedInAtUtc").textValue()),
                    OffsetDateTime.parse(row.get("checkedInAtLocal").textValue())
                            .toInstant());
        }
        var expected = new ArrayList<>(FORMULAS);
        expected.addAll(NAMES);
        assertEquals(expected, names);
    }

    @Test
    void a_roll_names_walk_ins_and_says_what_was_voided() throws Exception {
        Gathering event = Gathering.open();
        String id = event.act("walk-ins", Map.of("name", "=Zoe"))
                .statusCode(201)
                .extract()
                .path("id");
        event.host()
                .sends("{}")
                .post("/api/v1/check-ins/" + id + "/voiding")
                .then()
                .statusCode(200);
        JsonNode row = json.readTree(roll(event.host(), event.path(), ".jsonl").asString());
        assertEquals(id, row.get("id").textValue());
        assertEquals("=Zoe", row.get("name").textValue());
        assertEquals("WALK_IN", row.get("kind").textValue());
        assertEquals("STAFF", row.get("source").textValue());
        assertTrue(row.hasNonNull("voidedAt"));
        var line = parsed(roll(event.host(), event.path(), ".csv?bom=0").asString())
                .get(1);
        assertEquals("'=Zoe", line.get(2));
        assertEquals(row.get("voidedAt").textValue(), line.get(8));
    }

    @Test
    void the_roll_of_a_group_has_all_its_events_by_their_time() {
        Village village = Village.open();
        String group = Gathering.group(village);
        for (String title : List.of("Late", "Early", "Empty")) {
            String start = title.equals("Late") ? "2026-03-02T10:00:00Z" : "2026-03-01T10:00:00Z";
            var event = Gathering.schedule(
                            village.founder(),
                            group,
                            Map.of("title", title, "startTime", start, "timeZone", "Europe/Berlin"))
                    .statusCode(201)
                    .extract();
            if (!title.equals("Empty"))
                Person.nobody()
                        .body(Map.of("code", event.<String>path("codeText")))
                        .post("/api/v1/check-ins")
                        .then()
                        .statusCode(201);
        }
        String text = roll(village.founder(), "/api/v1/event-groups/" + group, ".csv?bom=0")
                .asString();
        assertEquals(
                List.of("event", "Early", "Late"),
                parsed(text).stream().map(it -> it.get(0)).toList());
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from journal_entry where kind = 'AttendancesExported' and subject_type = 'event_group' and subject_id = ?::uuid",
                        group));
    }

    @Test
    void a_long_roll_is_streamed_whole_and_in_order() throws Exception {
        Gathering event = Gathering.open();
        filled(event, 2_300);
        List<List<String>> lines =
                parsed(roll(event.host(), event.path(), ".csv?bom=0").asString());
        assertEquals(2_301, lines.size());
        var receipts = new HashSet<String>();
        String before = "";
        for (var line : lines.subList(1, lines.size())) {
            assertTrue(receipts.add(line.get(9)));
            assertTrue(line.get(5).compareTo(before) >= 0);
            before = line.get(5);
        }
        assertEquals(
                2_300, roll(event.host(), event.path(), ".jsonl").asString().split("\n").length);
        byte[] bytes = roll(event.host(), event.path(), ".xlsx").asByteArray();
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(bytes))) {
            assertEquals(2_301, workbook.getFirstSheet().read().size());
        }
    }

    @Test
    void a_sheet_that_is_full_is_followed_by_another() throws Exception {
        var roll = new XlsxRoll(3);
        var out = new java.io.ByteArrayOutputStream();
        out.writeBytes(roll.head());
        var row = new RollRow(
                UUID.randomUUID(),
                "Supper",
                UUID.randomUUID(),
                null,
                null,
                AttendanceKind.ANONYMOUS,
                CheckInSource.SELF,
                Instant.parse("2026-10-25T00:30:00Z"),
                OffsetDateTime.parse("2026-10-25T02:30:00+02:00"),
                "Europe/Berlin",
                null,
                Digest.of(new byte[32]));
        for (int i = 0; i < 5; i++) out.writeBytes(roll.rows(List.of(row)));
        out.writeBytes(roll.end());
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
            var sizes = new ArrayList<Integer>();
            for (var sheet : workbook.getSheets().toList())
                sizes.add(sheet.read().size());
            assertEquals(List.of(3, 3, 2), sizes);
        }
    }

    @Test
    void an_export_leaves_a_fact_and_is_kept_by_nobody() {
        Gathering event = Gathering.open();
        roll(event.host(), event.path(), ".csv")
                .then()
                .header("Cache-Control", "private, no-store")
                .header("Content-Disposition", "attachment; filename=\"attendances-" + event.id() + ".csv\"");
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from journal_entry where kind = 'AttendancesExported' and subject_type = 'event' and subject_id = ?::uuid",
                        event.id()));
    }

    @Test
    void ten_an_hour_and_no_more() {
        Gathering event = Gathering.open();
        for (int i = 0; i < 10; i++) roll(event.host(), event.path(), i % 2 == 0 ? ".csv" : ".jsonl");
        event.host()
                .sends()
                .get(event.path() + "/attendances.xlsx")
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue())
                .body("code", is("too-many-tries"));
        Person olga = event.village().member("Olga", "ORGANIZER");
        roll(olga, event.path(), ".csv");
        assertEquals(
                11,
                Rows.count(
                        "select count(*) from journal_entry where kind = 'AttendancesExported' and subject_id = ?::uuid",
                        event.id()));
    }

    @ParameterizedTest
    @ValueSource(strings = {".csv", ".xlsx", ".jsonl"})
    void the_roll_is_for_staff_alone(String form) {
        Gathering event = Gathering.in(Village.hidden(), Map.of());
        Person bob = event.village().invites(Person.named("Bob"));
        Person foreign = Village.open().founder();
        for (String path : List.of(event.path(), "/api/v1/event-groups/" + event.groupId())) {
            String roll = path + "/attendances" + form;
            bob.sends().get(roll).then().statusCode(403).body("code", is("not-allowed"));
            foreign.sends().get(roll).then().statusCode(404).body("code", is("not-found"));
            Person.nobody().get(roll).then().statusCode(401);
            event.host().sends().get(roll).then().statusCode(200);
        }
        assertEquals(
                2,
                Rows.count(
                        "select count(*) from journal_entry where kind = 'AttendancesExported' and community_id = ?::uuid",
                        event.village().id()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bom=2", "escape=all"})
    void wrong_parameters_are_refused(String query) {
        Gathering event = Gathering.open();
        event.host()
                .sends()
                .get(event.path() + "/attendances.csv?" + query)
                .then()
                .statusCode(400)
                .body("code", is("parameter-invalid"))
                .body("detail", containsString(query.substring(0, query.indexOf('='))));
    }

    @Test
    void what_is_no_formula_stays_as_it_is() {
        for (String text : FORMULAS) assertTrue(CsvRoll.isFormula(text), text);
        for (String text : NAMES) assertFalse(CsvRoll.isFormula(text), text);
        assertFalse(CsvRoll.isFormula(""));
        assertFalse(CsvRoll.isFormula("   "));
    }

    @CanIgnoreReturnValue
    private static Response roll(Person by, String path, String form) {
        Response answer = by.sends().get(path + "/attendances" + form);
        answer.then().statusCode(200);
        return answer;
    }

    /** An event where everybody of these names has checked in, one second after the other. */
    private static Gathering hostile() {
        Gathering event = Gathering.of(Map.of("title", "=Assembly", "timeZone", "Asia/Kathmandu"));
        int second = 0;
        var names = new ArrayList<>(FORMULAS);
        names.addAll(NAMES);
        for (String name : names) {
            String user = Person.quickly("x").id();
            Database.update("update users set name = ? where id = ?::uuid", name, user);
            attend(event, user, second++);
        }
        return event;
    }

    private static void attend(Gathering event, String user, int second) {
        Database.update("""
                insert into attendance (community_id, id, version, created_at, updated_at, event_id, participant_id, kind, checked_in_at, source, receipt)
                select ?::uuid, gen_random_uuid(), 0, now(), now(), ?::uuid, ?::uuid, 'REGISTERED', timestamptz '2026-10-25 00:30:00.123456Z' + ? * interval '1 second', 'SELF', sha256(convert_to(gen_random_uuid()::text, 'UTF8'))""", event.village().id(), event.id(), user, second);
    }

    /** Many at the same instant, so that the order is decided by more than the time. */
    private static void filled(Gathering event, int people) {
        Database.update("""
                insert into attendance (community_id, id, version, created_at, updated_at, event_id, kind, checked_in_at, source, receipt)
                select ?::uuid, gen_random_uuid(), 0, now(), now(), ?::uuid, 'ANONYMOUS', timestamptz '2026-10-25 00:30:00Z' + n / 700 * interval '1 second', 'SELF', sha256(convert_to(n || gen_random_uuid()::text, 'UTF8'))
                from generate_series(1, ?) n""", event.village().id(), event.id(), people);
    }

    /** RFC 4180, as strictly as it is written here. */
    private static List<List<String>> parsed(String text) {
        var lines = new ArrayList<List<String>>();
        var line = new ArrayList<String>();
        for (int i = 0; i < text.length(); ) {
            assertEquals('"', text.charAt(i));
            var cell = new StringBuilder();
            for (i++; ; i++) {
                if (text.charAt(i) != '"') cell.append(text.charAt(i));
                else if (i + 1 < text.length() && text.charAt(i + 1) == '"') cell.append(text.charAt(i++));
                else break;
            }
            line.add(cell.toString());
            i++;
            if (text.charAt(i) == ',') {
                i++;
                continue;
            }
            assertEquals("\r\n", text.substring(i, i + 2));
            i += 2;
            lines.add(List.copyOf(line));
            line.clear();
        }
        return lines;
    }
}
