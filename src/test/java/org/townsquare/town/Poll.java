package org.townsquare.town;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A question on three options (bench, tree, nothing; the last leaves things as they are) with one of the council, as a test needs it. */
public record Poll(String id, Village village, Person council, List<String> options) {
    /** People cost a password hash each, so polls share them; each has its own community. */
    private static final Map<String, Person> KNOWN = new ConcurrentHashMap<>();

    /** A draft in a new community. */
    public static Poll draft() {
        return draft(Village.open(), Map.of());
    }

    /** With these fields beside those of a SINGLE_CHOICE. */
    public static Poll draft(Village village, Map<String, ?> more) {
        Person council = village.joinedBy(KNOWN.computeIfAbsent(Database.url(), key -> Person.named("Cem")), "COUNCIL");
        var made = council.sends(asked(more))
                .post(village.path() + "/questions")
                .then()
                .statusCode(201)
                .extract();
        return new Poll(made.path("id"), village, council, made.path("options.id"));
    }

    public static Map<String, Object> asked(Map<String, ?> more) {
        var body = new HashMap<String, Object>(Map.of(
                "title",
                "What for the square?",
                "description",
                "One thing.",
                "method",
                "SINGLE_CHOICE",
                "options",
                List.of(
                        Map.of("label", "A bench"),
                        Map.of("label", "A tree", "description", "An oak."),
                        Map.of("label", "Nothing", "statusQuo", true))));
        body.putAll(more);
        return body;
    }

    /** Open under the default rule, with a deadline of a week. */
    public static Poll open(Village village, Map<String, ?> more) {
        return draft(village, more).opened();
    }

    public String path() {
        return "/api/v1/questions/" + id;
    }

    public Poll opened() {
        council.sends("{}").post(path() + "/opening").then().statusCode(200);
        return this;
    }

    public Poll opened(Instant closesAt) {
        council.sends(Map.of("closesAt", closesAt.toString()))
                .post(path() + "/opening")
                .then()
                .statusCode(200);
        return this;
    }

    /** The body of a ballot that chooses these options, by their index. */
    public Map<String, Object> choice(int... chosen) {
        var ids = new ArrayList<String>();
        for (int index : chosen) ids.add(options.get(index));
        return Map.of("choices", ids);
    }

    /** The body of a ballot that ranks these options in this order. */
    public Map<String, Object> ranking(int... order) {
        var ranks = new ArrayList<List<String>>();
        for (int index : order) ranks.add(List.of(options.get(index)));
        return Map.of("ranking", ranks);
    }

    /** The body of a ballot that gives the options these scores, in their order. */
    public Map<String, Object> scores(int... scores) {
        var given = new LinkedHashMap<String, Object>();
        for (int i = 0; i < scores.length; i++) given.put(options.get(i), scores[i]);
        return Map.of("scores", given);
    }

    /** The status of the answer. */
    public int cast(Person voter, Map<String, ?> ballot) {
        return voter.sends(ballot).put(path() + "/ballot").statusCode();
    }

    /** Ends it now by its deadline: the closer has it next. */
    public Poll due() {
        Database.update(
                "update question set opened_at = opened_at - interval '10 days', closes_at = clock_timestamp() where id = ?::uuid",
                id);
        return this;
    }

    /** The kinds of the entries about the question and its ballots, in their order. */
    public List<String> facts() {
        return Database.texts(
                "select kind from journal_entry where subject_id = ?::uuid or convert_from(body, 'UTF8')::jsonb -> 'fact' ->> 'questionId' = ? order by id",
                id,
                id);
    }

    /** How many ballots and how many participations there are. */
    public List<String> rows() {
        return Stream.of("ballot", "participation")
                .flatMap(table ->
                        Database.texts("select count(*) from " + table + " where question_id = ?::uuid", id).stream())
                .toList();
    }
}
