package org.townsquare.web;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Classes;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

/** What holds for every page. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class PagesTest {
    private static final Pattern LINK = Pattern.compile("<a href=\"(/[^\"]+)\"");

    private static final String STORED = String.join(
            " union all ",
            List.of("users", "community", "member", "event_group", "event", "attendance", "event_seat", "journal_entry")
                    .stream()
                    .map(table -> "select '" + table
                            + "' || count(*) || coalesce(sum(hashtextextended(t::text, 0)), 0) from " + table + " t"
                            // the clock goes on meanwhile
                            + (table.equals("journal_entry") ? " where credential <> 'SYSTEM'" : ""))
                    .toList());

    @Test
    void looking_at_a_page_changes_nothing() {
        Gathering event = Gathering.of(Map.of("capacity", 3));
        event.checkInAnonymously().statusCode(201);
        Visitor host = Visitor.of(event.host());
        for (String path : paths(GET.class, event))
            for (Visitor visitor : List.of(Visitor.NOBODY, host))
                for (String method : List.of("GET", "HEAD")) {
                    var before = Database.texts(STORED);
                    int status = visitor.looks().request(method, path).statusCode();
                    int asNobody = path.startsWith("/check-ins/") ? 404 : 303;
                    assertTrue(
                            status == 200
                                    || (status == asNobody && visitor.session().isEmpty()),
                            path + " " + status);
                    assertEquals(before, Database.texts(STORED), method + " " + path);
                }
    }

    @Test
    void an_act_that_is_only_looked_at_is_not_done() {
        Gathering event = Gathering.open();
        event.checkInAnonymously().statusCode(201);
        Visitor host = Visitor.of(event.host());
        var looks = paths(GET.class, event);
        for (String path : paths(POST.class, event))
            if (!looks.contains(path)) {
                var before = Database.texts(STORED);
                host.looks()
                        .get(path + "?reason=R&name=N&participantId="
                                + event.host().id())
                        .then()
                        .statusCode(405)
                        .contentType("text/html;charset=UTF-8")
                        .header("Allow", containsString("POST"));
                assertEquals(before, Database.texts(STORED), path);
            }
    }

    @Test
    void a_write_from_another_site_is_refused_on_every_page() {
        Gathering event = Gathering.open();
        event.checkInAnonymously().statusCode(201);
        Visitor host = Visitor.of(event.host());
        for (String path : paths(POST.class, event))
            for (Visitor visitor : List.of(host, Visitor.NOBODY))
                for (String site : List.of("cross-site", "same-site", "none")) {
                    var before = Database.texts(STORED);
                    var answer = visitor.looks()
                            .header("Sec-Fetch-Site", site)
                            .contentType("application/x-www-form-urlencoded")
                            .formParams(Map.of(
                                    "reason",
                                    "R",
                                    "name",
                                    "N",
                                    "email",
                                    event.host().email(),
                                    "password",
                                    Person.PASSWORD))
                            .post(path)
                            .then();
                    if (visitor.equals(host) || !(path.startsWith("/organise") || path.endsWith("/claim")))
                        answer.statusCode(403)
                                .contentType("text/html;charset=UTF-8")
                                .body(containsString("This came from another site"));
                    else answer.statusCode(303).header("Location", containsString("/sign-in"));
                    assertEquals(before, Database.texts(STORED), site + " " + path);
                }
    }

    @Test
    void who_does_not_organise_is_refused_on_every_page_of_those_who_do() {
        Gathering event = Gathering.in(Village.hidden(), Map.of());
        Gathering open = Gathering.open();
        Visitor citizen = Visitor.of(open.village().joinedBy(Person.quickly("Cem")));
        Visitor stranger = Visitor.of(Person.quickly("Eve"));
        for (Class<? extends Annotation> method : List.<Class<? extends Annotation>>of(GET.class, POST.class)) {
            for (String path : paths(method, open))
                if (path.contains("/check-ins/")) {
                    ask(citizen, method, path, 404, "There is no such page");
                    ask(stranger, method, path, 404, "There is no such page");
                } else if (path.startsWith("/organise/") || path.startsWith("/events/")) {
                    ask(citizen, method, path, 403, "Your roles do not allow this");
                    ask(stranger, method, path, 403, "This is for members of the community alone");
                }
            for (String path : paths(method, event))
                if (path.startsWith("/organise/") || path.startsWith("/events/") || path.startsWith("/check-ins/"))
                    ask(stranger, method, path, 404, "There is no such page");
        }
        stranger.looks()
                .get("/organise")
                .then()
                .statusCode(200)
                .body(containsString("There is no community where you organise"));
    }

    private static void ask(Visitor visitor, Class<?> method, String path, int status, String words) {
        var before = Database.texts(STORED);
        var answer = method == GET.class ? visitor.looks().get(path) : visitor.sends(path, filled());
        answer.then()
                .statusCode(status)
                .contentType("text/html;charset=UTF-8")
                .body(containsString(words))
                .body(containsString("role=\"alert\""));
        assertEquals(before, Database.texts(STORED), path);
    }

    private static Map<String, String> filled() {
        return Map.of(
                "reason",
                "R",
                "name",
                "N",
                "title",
                "T",
                "startTime",
                "2031-01-01T10:00",
                "durationMinutes",
                "60",
                "timeZone",
                "UTC");
    }

    /** Of every resource of the package, so that none is forgotten. */
    private static List<String> paths(Class<? extends Annotation> method, Gathering event) {
        if (attendances(event).isEmpty()) event.checkInAnonymously().statusCode(201);
        String checkIn = attendances(event).get(0);
        var paths = new TreeSet<String>();
        for (var type : Classes.of("org.townsquare.web"))
            if (type.isAnnotatedWith(Path.class)
                    && type.getMethods().stream().anyMatch(it -> it.isAnnotatedWith(method)))
                paths.add(type.getAnnotationOfType(Path.class)
                        .value()
                        .replace("{page:[cC]}", "c")
                        .replace("{code:[^/]+}", event.code())
                        .replace("{communityId}", event.village().id())
                        .replace("{groupId}", event.groupId())
                        .replace("{eventId}", event.id())
                        .replace("{checkInId}", checkIn)
                        .replaceFirst("/participants$", "/participants?name=Ann"));
        assertTrue(paths.size() > 5, paths::toString);
        paths.forEach(path -> assertTrue(!path.contains("{"), path + " has a parameter that this test does not know"));
        return new ArrayList<>(paths);
    }

    private static List<String> attendances(Gathering event) {
        return Database.texts("select id from attendance where event_id = ?::uuid", event.id());
    }

    @Test
    void every_page_lets_in_its_own_style_and_no_script_but_ours() throws Exception {
        Gathering event = Gathering.open();
        Visitor host = Visitor.of(event.host());
        for (String path : paths(GET.class, event)) {
            var page = host.looks()
                    .get(path)
                    .then()
                    .statusCode(200)
                    .contentType("text/html;charset=UTF-8")
                    .extract();
            String html = page.asString();
            String style = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
            String hash = Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
            assertEquals(
                    "default-src 'self'; style-src 'self' 'sha256-" + hash
                            + "'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
                    page.header("Content-Security-Policy"),
                    path);
            assertEquals("nosniff", page.header("X-Content-Type-Options"));
            assertEquals("no-referrer", page.header("Referrer-Policy"));
            assertEquals("private, no-cache", page.header("Cache-Control"));
            assertEquals(1, html.split("<style", -1).length - 1, path);
            assertTrue(!html.matches("(?s).*<[^>]+ (style|on[a-z]+)=.*"), path + " has an inline style or handler");
            assertEquals(html.split("<script src=\"/webjars/", -1).length, html.split("<script", -1).length, path);
        }
        String display = host.looks().get("/events/" + event.id() + "/display").asString();
        String script = display.replaceAll("(?s).*<script src=\"([^\"]+)\".*", "$1");
        Visitor.NOBODY.looks().get(script).then().statusCode(200).contentType(containsString("javascript"));
    }

    @Test
    void a_page_that_does_not_exist_is_a_page_for_people_and_a_problem_for_programs() {
        for (String path : List.of("/nowhere", "/organise/events/nonsense", "/c/a/b/c")) {
            Visitor.of(Person.quickly("Ada"))
                    .looks()
                    .get(path)
                    .then()
                    .statusCode(404)
                    .contentType("text/html;charset=UTF-8")
                    .header("Content-Security-Policy", startsWith("default-src 'self'"))
                    .body(containsString("There is no such page"));
        }
        Person.nobody()
                .accept("application/json")
                .get("/nowhere")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        Visitor.NOBODY.looks().get("/api/v1/nowhere").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void what_the_form_says_is_kept_where_it_was_refused() {
        Gathering event = Gathering.open();
        Visitor host = Visitor.of(event.host());
        String path = "/organise/groups/" + event.groupId();
        var form = new java.util.HashMap<>(filled());
        form.put("description", "First line\r\nsecond <b>line</b>");
        form.put("durationMinutes", "1441");
        host.sends(path, form)
                .then()
                .statusCode(422)
                .body(containsString("Some fields are not right yet"))
                .body(containsString("id=\"durationMinutes-wrong\""))
                .body(containsString("aria-invalid=\"true\""))
                .body(containsString("second &lt;b&gt;line&lt;/b&gt;"))
                .body(containsString("value=\"1441\""));
        form.put("durationMinutes", "an hour");
        host.sends(path, form).then().statusCode(422).body(containsString("A number is written in digits alone"));
        form.put("durationMinutes", "60");
        form.put("startTime", "tomorrow");
        host.sends(path, form).then().statusCode(422).body(containsString("A time is written like"));
        form.remove("startTime");
        host.sends(path, form).then().statusCode(422).body(containsString("id=\"startTime-wrong\""));
        form.put("startTime", "2031-01-01T10:00");
        form.put("title", "A\u0000B");
        host.sends(path, form).then().statusCode(400);
        form.put("title", "Planting");
        String location =
                host.sends(path, form).then().statusCode(303).extract().header("Location");
        host.looks().get(location).then().statusCode(200).body(containsString("Planting"));
        assertEquals(
                List.of("First line\nsecond <b>line</b>"),
                Database.texts(
                        "select description from event where title = 'Planting' and group_id = ?::uuid",
                        event.groupId()));
    }

    @Test
    void the_next_page_of_a_list_is_one_link_away() {
        Village village = Village.open();
        for (int i = 0; i < 21; i++)
            village.founder()
                    .sends(Map.of("name", "Group " + i))
                    .post(village.path() + "/event-groups")
                    .then()
                    .statusCode(201);
        Visitor host = Visitor.of(village.founder());
        String first = host.looks().get("/organise/communities/" + village.id()).asString();
        assertTrue(!first.contains("Group 0<"), first);
        String next = first.replaceAll("(?s).*href=\"(\\?cursor=[^\"]+)\".*", "$1");
        host.looks()
                .urlEncodingEnabled(false)
                .get("/organise/communities/" + village.id() + next)
                .then()
                .statusCode(200)
                .body(containsString("Group 0<"))
                .body(not(containsString("?cursor=")));
    }

    @Test
    void the_language_is_that_of_the_reader_else_that_of_the_community() {
        Gathering event = Gathering.open();
        Database.update(
                "insert into market (id, version, created_at, updated_at, code, name, currency, locale, time_zone) "
                        + "values (gen_random_uuid(), 0, now(), now(), 'geneva', 'Geneva', 'CHF', 'fr-CH', 'Europe/Zurich') on conflict do nothing");
        Database.update(
                "update community set market_id = (select id from market where code = 'geneva') where id = ?::uuid",
                event.village().id());
        Visitor host = Visitor.of(event.host());
        for (String path :
                List.of("/c/" + event.code(), "/organise/events/" + event.id(), "/events/" + event.id() + "/display")) {
            host.looks()
                    .get(path)
                    .then()
                    .body(containsString("<html lang=\"fr\" dir=\"ltr\">"))
                    .header("Vary", containsString("Accept-Language"));
            host.looks().header("Accept-Language", "de").get(path).then().body(containsString("<html lang=\"fr\""));
            host.looks().header("Accept-Language", "en").get(path).then().body(containsString("<html lang=\"en\""));
        }
        host.looks().get("/organise").then().body(containsString("<html lang=\"en\""));
        // what is wrong with a field is said in the language of the page, whatever else the browser wishes for
        host.writes()
                .header("Accept-Language", "de")
                .formParams(Map.of("name", "x".repeat(121)))
                .post("/organise/communities/" + event.village().id())
                .then()
                .statusCode(422)
                .body(containsString("<html lang=\"fr\""))
                .body(containsString("la taille doit être comprise entre 0 et 120"));
        Visitor.NOBODY
                .writes()
                .post("/c/" + event.code())
                .then()
                .statusCode(201)
                .body(containsString("<html lang=\"fr\""));
    }

    @Test
    void the_page_behind_the_code_is_one_small_answer() throws Exception {
        Gathering event = Gathering.of(
                Map.of("title", "A title of many words that says what this evening is about", "place", "Town hall"));
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://localhost:" + RestAssured.port + "/c/" + event.code()))
                                .header("Accept", "text/html")
                                .header("Accept-Encoding", "gzip")
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertEquals("gzip", answer.headers().firstValue("Content-Encoding").orElse("none"));
        int headers = answer.headers().map().entrySet().stream()
                .mapToInt(header ->
                        header.getKey().length() + header.getValue().toString().length())
                .sum();
        assertTrue(answer.body().length + headers < 14_000, "bytes: " + (answer.body().length + headers));
        String html = new String(
                new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(answer.body())).readAllBytes(),
                StandardCharsets.UTF_8);
        for (String more : List.of("<script", "<link", "<img", "@font-face", "@import", "url("))
            assertTrue(!html.contains(more), more + " asks for more");
    }

    @Test
    void a_link_to_the_api_works_by_the_cookie() {
        Gathering event = Gathering.open();
        Visitor host = Visitor.of(event.host());
        host.looks().accept("*/*").get(event.path() + "/attendances").then().statusCode(200);
        host.looks()
                .accept("*/*")
                .get(event.path() + "/qr.png?ec=Q&scale=40")
                .then()
                .statusCode(200)
                .contentType("image/png");
        Visitor.NOBODY
                .looks()
                .accept("*/*")
                .get(event.path() + "/attendances")
                .then()
                .statusCode(401);
        String page = host.looks().get("/organise/events/" + event.id()).asString();
        var links = LINK.matcher(page)
                .results()
                .map(link -> link.group(1).replace("&amp;", "&"))
                .toList();
        assertTrue(links.size() > 5, links::toString);
        for (String link : links)
            host.looks()
                    .accept("*/*")
                    .urlEncodingEnabled(false)
                    .get(link)
                    .then()
                    .statusCode(200);
        host.looks().get("/sign-in?next=/").then().statusCode(200).header("Location", nullValue());
        host.writes()
                .post("/organise/events/" + event.id() + "/closure")
                .then()
                .statusCode(303)
                .header("Location", is("/organise/events/" + event.id()));
    }
}
