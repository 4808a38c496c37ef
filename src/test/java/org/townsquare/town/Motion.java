package org.townsquare.town;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.townsquare.platform.Ids;

/** A proposal with its author and one of the council, as a test needs it. */
public record Motion(String id, Village village, Person author, Person council) {
    /** People cost a password hash each, so motions share them; each has its own community. */
    private static final Map<String, Person> KNOWN = new ConcurrentHashMap<>();

    /** A draft in a new community. */
    public static Motion draft() {
        return draft(Village.open());
    }

    public static Motion draft(Village village) {
        return draft(village, Map.of());
    }

    /** With these fields beside title and description. */
    public static Motion draft(Village village, Map<String, ?> more) {
        Person author = village.joinedBy(known("Bea"));
        String id = drafted(village, author, more);
        return new Motion(id, village, author, village.joinedBy(known("Cem"), "COUNCIL"));
    }

    /** By this member; the founder reviews it. */
    public static Motion draft(Village village, Person author, Map<String, ?> more) {
        return new Motion(drafted(village, author, more), village, author, village.founder());
    }

    private static String drafted(Village village, Person author, Map<String, ?> more) {
        var body = new HashMap<String, Object>(Map.of("title", "A bench", "description", "By the oak."));
        body.putAll(more);
        return author.sends(body)
                .post(village.path() + "/proposals")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Person known(String name) {
        return KNOWN.computeIfAbsent(name + " of " + Database.url(), key -> Person.named(name));
    }

    /** Under a rule like the default one, but with these columns. */
    public static Motion under(Village village, Map<String, ?> columns) {
        return draft(village, Map.of("ruleId", rule(village, columns)));
    }

    /** The id of a rule like the default one, but with these columns. */
    public static String rule(Village village, Map<String, ?> columns) {
        // in the order of time, like those that the service makes
        String id = Ids.next().toString();
        var all = new HashMap<String, Object>(Map.of("id", id, "name", "r-" + id, "is_default", false));
        all.putAll(columns);
        Database.update(
                "insert into decision_rule select (jsonb_populate_record(r, ?::jsonb)).* from decision_rule r where community_id = ?::uuid and is_default",
                new io.vertx.core.json.JsonObject(all).encode(),
                village.id());
        Database.update(
                "insert into decision_threshold values (?::uuid, ?::uuid, 1, 'CAST', 1, 2, true)", village.id(), id);
        return id;
    }

    public String path() {
        return "/api/v1/proposals/" + id;
    }

    public Motion submitted() {
        author.sends("{}").post(path() + "/submission").then().statusCode(200);
        return this;
    }

    /** Submitted and approved, with a deadline of a week. */
    public Motion opened() {
        return opened(null);
    }

    public Motion opened(Instant closesAt) {
        submitted();
        var body = new HashMap<String, Object>(Map.of("decision", "APPROVE", "note", ""));
        if (closesAt != null) body.put("closesAt", closesAt.toString());
        council.sends(body).post(path() + "/review").then().statusCode(200);
        return this;
    }

    /** The status of the answer. */
    public int vote(Person voter, String choice) {
        return voter.sends(Map.of("choice", choice)).put(path() + "/vote").statusCode();
    }

    /** The kinds of the entries about the proposal and its votes, in their order. */
    public List<String> facts() {
        return Database.texts(
                "select kind from journal_entry where subject_id = ?::uuid or subject_id in (select id from vote where proposal_id = ?::uuid) order by id",
                id,
                id);
    }
}
