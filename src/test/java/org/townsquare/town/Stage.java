package org.townsquare.town;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Things to call operations on, and somebody who may do everything with them. */
public final class Stage {
    /** No id of anything. */
    public static final String NOTHING = "0198f6a0-0000-7000-8000-00000000dead";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Writes database;
    /** Stands in every text that only those may see who see the community. */
    public final String canary = "canary-" + Person.unique();

    private final Village village;
    private final Person ada;
    private final String visibility;
    private final Person bea;
    private final Map<String, String> foreign;

    /** What a stranger never reads, also of a PUBLIC community: addresses, drafts, codes of events. */
    private final List<String> secrets = new ArrayList<>();

    private Stage(Writes database, String visibility) {
        this.database = database;
        this.visibility = visibility;
        boolean open = visibility.equals("PUBLIC");
        Map<String, ?> texts = Map.of("of", canary);
        village = Village.of(
                open
                        ? Map.of()
                        : Map.of("visibility", visibility, "name", canary, "description", canary, "metadata", texts));
        ada = village.founder();
        bea = village.enrolled(
                database, Person.named(open ? "Bea" : canary), "ACTIVE", "CITIZEN", "COUNCIL", "ORGANIZER");
        roles(ada, village, ada, List.of("ADMIN", "COUNCIL", "ORGANIZER"));
        write("update users set platform_roles = '{PLATFORM_ADMIN}' where id = ?::uuid", ada.id());
        secrets.addAll(List.of(ada.email(), bea.email(), "draft-" + canary));
        ada.sends(Map.of("title", "draft-" + canary, "description", "draft-" + canary))
                .post(village.path() + "/proposals")
                .then()
                .statusCode(201);
        Village hidden = Village.of(Map.of("visibility", "PRIVATE"));
        Person founder = hidden.founder();
        roles(founder, hidden, founder, List.of("ADMIN", "COUNCIL", "ORGANIZER"));
        String group = group(hidden, founder);
        var gathering = event(group, founder);
        foreign = Map.ofEntries(
                Map.entry("communityId", hidden.id()),
                Map.entry("userId", founder.id()),
                Map.entry("proposalId", submitted(hidden, founder)),
                Map.entry("questionId", question(hidden, founder, "SINGLE_CHOICE")),
                Map.entry(
                        "ruleId",
                        founder.sends().get(hidden.path() + "/decision-rules").path("items[0].id")),
                Map.entry("commentId", comment(hidden, founder)),
                Map.entry("groupId", group),
                Map.entry("eventId", gathering.get("id")),
                Map.entry("checkInId", checkedIn(founder, gathering.get("code"), "id")),
                Map.entry(
                        "invitationId",
                        founder.sends(Map.of())
                                .post(hidden.path() + "/invitations")
                                .then()
                                .statusCode(201)
                                .extract()
                                .path("id")));
    }

    /** In the database of the tests. */
    public static Stage open() {
        return new Stage(Database::update, "PUBLIC");
    }

    /** In the database of a service that runs by itself. */
    public static Stage open(Writes database) {
        return new Stage(database, "PUBLIC");
    }

    /** In the database of the tests, about things of a community of this visibility. */
    public static Stage of(String visibility) {
        return new Stage(Database::update, visibility);
    }

    /** Holds every role that acts, and PLATFORM_ADMIN. */
    public Person rightOne() {
        return ada;
    }

    public List<String> secrets() {
        return List.copyOf(secrets);
    }

    public Village village() {
        return village;
    }

    /** Writes into the database beside the service; the number of rows. */
    public interface Writes {
        int update(String sql, Object... parameters);
    }

    /** What an operation would succeed with. */
    public record Call(
            Person caller, Map<String, String> path, ObjectNode body, Map<String, String> headers, String query) {
        public Call(Person caller, Map<String, String> path, ObjectNode body, Map<String, String> headers) {
            this(caller, path, body, headers, "");
        }

        public byte[] bytes() {
            return body == null ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Of a community that the caller cannot see. */
    public Map<String, String> foreign() {
        return foreign;
    }

    /** A new one each time, so that what is done once can be done again. */
    public Call call(String operation) {
        // everybody in a test calls from one network
        database.update("delete from throttle");
        database.update(
                "update community set deleted_at = null, suspended_at = null where id = ?::uuid and (deleted_at is not null or suspended_at is not null)",
                village.id());
        return switch (operation) {
            case "signUp" ->
                nowhere(body("name", "Eve", "email", Person.unique() + "@example.org", "password", Person.PASSWORD));
            case "signIn" -> nowhere(body("email", ada.email(), "password", Person.PASSWORD));
            case "readMe",
                    "exportMe",
                    "listMySessions",
                    "listMyApiKeys",
                    "listPermissions",
                    "listMarkets",
                    "listCommunities",
                    "listUsers",
                    "listFollowers",
                    "listDeadEntries" -> nowhere(null);
            case "readUser" -> new Call(ada, Map.of("userId", bea.id()), null, Map.of());
            case "editProfile" ->
                new Call(
                        Person.quickly(database, "Fay"),
                        Map.of(),
                        body("name", "Fay", "bio", "I sing.", "avatarUrl", "https://example.org/fay.png")
                                .put("locale", "de-AT")
                                .put("timeZone", "Europe/Vienna"),
                        Map.of("If-Match", "\"0\""));
            case "changeEmail" ->
                of(
                        Person.quickly(database, "Fay"),
                        body("email", Person.unique() + "@example.org", "password", Person.PASSWORD));
            case "verifyEmail" -> of(Person.quickly(database, "Fay"), null);
            case "confirmEmail" -> {
                Person fay = Person.quickly(database, "Fay");
                yield of(fay, body("token", Tokens.of("verification", asked(fay, "EMAIL", fay.email()))));
            }
            case "changePhone" ->
                of(Person.quickly(database, "Fay"), body("phone", phone(), "password", Person.PASSWORD));
            case "confirmPhone" -> {
                Person fay = Person.quickly(database, "Fay");
                yield of(fay, body("code", Tokens.code("verification", asked(fay, "PHONE", phone()))));
            }
            case "changePassword" ->
                of(
                        Person.quickly(database, "Fay"),
                        body("current", Person.PASSWORD, "password", "wrong donkey charger"));
            case "askPasswordReset" -> nowhere(body("email", ada.email()));
            case "completePasswordReset" -> {
                Person fay = Person.quickly(database, "Fay");
                yield nowhere(body("token", Tokens.of("verification", asked(fay, "PASSWORD_RESET", fay.email())))
                        .put("password", "wrong donkey charger"));
            }
            case "completeSignUp" -> {
                UUID id = UUID.randomUUID();
                database.update(
                        "insert into pending_sign_up select ?, 0, now(), now(), 'Fay', ?, password_hash, now() + interval '1 hour' from account where user_id = ?::uuid",
                        id,
                        Person.unique() + "@example.org",
                        ada.id());
                String token = Tokens.of("pending_sign_up", id);
                yield nowhere(body("token", token, "password", Person.PASSWORD));
            }
            case "signOut" -> new Call(Person.quickly(database, "Leaving"), Map.of(), null, Map.of());
            case "endSession" -> {
                Person fay = Person.quickly(database, "Fay");
                fay.again();
                String other = fay.sends().get("/api/v1/me/sessions").path("items.find { !it.current }.id");
                yield new Call(fay, Map.of("sessionId", other), null, Map.of());
            }
            case "endOtherSessions" -> of(Person.quickly(database, "Fay"), null);
            case "createApiKey" ->
                nowhere(body("name", "Door", "password", Person.PASSWORD)
                        .put("expiresAt", later())
                        .put("perMinute", 60)
                        .set("scopes", JSON.createArrayNode().add("event:read")));
            case "readApiKey", "revokeApiKey" -> new Call(ada, Map.of("apiKeyId", key()), null, Map.of());
            case "changeApiKey" ->
                new Call(
                        ada,
                        Map.of("apiKeyId", key()),
                        body("name", "Gate", "password", Person.PASSWORD)
                                .put("perMinute", 30)
                                .set("scopes", JSON.createArrayNode().add("event:read")),
                        Map.of("If-Match", "*"));
            case "askErasure" -> of(Person.quickly(database, "Fay"), body("password", Person.PASSWORD));
            case "callOffErasure" -> {
                Person fay = Person.quickly(database, "Fay");
                write("update users set erase_at = now() + interval '14 days' where id = ?::uuid", fay.id());
                yield of(fay, null);
            }
            case "setUserStatus" -> user(body("status", "DISABLED", "reason", "Fake invoices."));
            case "givePlatformRoles" -> user(body().set("roles", JSON.createArrayNode()));
            case "endUserSessions" -> user(null);
            case "startImpersonation" ->
                user(body("reason", "To see what they see.").put("minutes", 5));
            case "endImpersonation" -> {
                Person fay = Person.quickly(database, "Fay");
                String token = ada.sends(Map.of("reason", "To see what they see.", "minutes", 5))
                        .post("/api/v1/users/" + fay.id() + "/impersonation")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("token");
                yield of(fay.by(token), null);
            }
            case "addMarket" ->
                nowhere(body("code", "m-" + Person.unique(), "name", "Lagos", "country", "NG", "currency", "NGN")
                        .put("locale", "en-NG")
                        .put("timeZone", "Africa/Lagos"));
            case "editMarket" -> {
                String id = ada.sends(call("addMarket").body().toString())
                        .post("/api/v1/markets")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
                yield new Call(
                        ada,
                        Map.of("marketId", id),
                        body("name", "Lagos State", "country", "NG", "currency", "NGN", "locale", "en-NG")
                                .put("timeZone", "Africa/Lagos"),
                        Map.of("If-Match", "*"));
            }
            case "editCommunity" ->
                new Call(
                        ada,
                        Map.of("communityId", village.id()),
                        body("name", canary, "slug", "v-" + Person.unique(), "description", canary)
                                .put("visibility", visibility)
                                .put("joinPolicy", "OPEN")
                                .set("metadata", JSON.createObjectNode().put("of", canary)),
                        Map.of("If-Match", "*"));
            case "deleteCommunity" ->
                new Call(
                        ada,
                        Map.of("communityId", village.id()),
                        null,
                        Map.of(),
                        "?slug=" + ada.sends().get(village.path()).path("slug"));
            case "restoreCommunity" -> {
                write("update community set deleted_at = now() where id = ?::uuid", village.id());
                yield here(body());
            }
            case "suspendCommunity" -> here(body("reason", "Spam."));
            case "liftCommunitySuspension" -> {
                write("update community set suspended_at = now() where id = ?::uuid", village.id());
                yield here(null);
            }
            case "readSettings", "listInvitations", "listCommunityApiKeys" -> here(null);
            case "changeSettings" -> here(body("auditReaders", "MEMBERS").set("narrow", JSON.createObjectNode()));
            case "readMember" -> member(bea, null);
            case "endMembership" -> member(standing("ACTIVE", "CITIZEN"), null);
            case "approveMember" -> member(standing("PENDING"), body());
            case "suspendMember" ->
                member(standing("ACTIVE", "CITIZEN"), body("reason", "Shouting.", "until", later()));
            case "liftMemberSuspension" -> member(standing("SUSPENDED", "CITIZEN"), null);
            case "banMember" -> member(standing("ACTIVE", "CITIZEN"), body("reason", "Threats."));
            case "liftBan" -> member(standing("BANNED"), null);
            case "inviteMember" ->
                here(body("expiresAt", later(), "email", Person.unique() + "@example.org")
                        .put("maxUses", 1)
                        .set("roles", JSON.createArrayNode().add("CITIZEN")));
            case "withdrawInvitation" -> new Call(ada, Map.of("invitationId", invitation(Map.of())), null, Map.of());
            case "acceptInvitation" -> of(Person.quickly(database, "Fay"), body("token", token(invitation(Map.of()))));
            case "refuseInvitation" -> {
                Person fay = Person.quickly(database, "Fay");
                yield of(fay, body("token", token(invitation(Map.of("email", fay.email())))));
            }
            case "retryDeadEntry" -> new Call(ada, Map.of("entryId", deadEntry()), null, Map.of());
            case "foundCommunity" ->
                nowhere(body("name", "Elm", "slug", "v-" + Person.unique(), "market", "default")
                        .put("description", "A village.")
                        .put("visibility", "PUBLIC")
                        .put("joinPolicy", "OPEN")
                        .set("metadata", JSON.createObjectNode().put("a", 1)));
            case "readPlatformAuditLog", "readMyAuditLog", "listLogKeys" -> nowhere(null);
            case "readCheckpoint", "listCheckpoints", "proveConsistency" -> {
                awaits("/api/v1/log/checkpoint");
                yield nowhere(null);
            }
            case "readAuditEntry" -> new Call(ada, Map.of("entryId", newestEntry()), null, Map.of());
            case "proveAuditEntry" -> {
                String entry = newestEntry();
                awaits("/api/v1/audit-entries/" + entry + "/proof");
                yield new Call(ada, Map.of("entryId", entry), null, Map.of());
            }
            case "exportAuditLog" -> {
                awaits(village.path() + "/audit-log/export");
                yield here(null);
            }
            case "readCommunity",
                    "readAuditLog",
                    "listMembers",
                    "listProposals",
                    "listDecisionRules",
                    "listEventGroups",
                    "listCommunityEvents" -> here(null);
            case "listMyVotes", "listMyComments" -> nowhere(null);
            case "writeDecisionRule" -> here(written());
            case "readDecisionRule" -> new Call(ada, Map.of("ruleId", rule()), null, Map.of());
            case "adoptDecisionRule" -> new Call(ada, Map.of("ruleId", rule()), body(), Map.of());
            case "joinCommunity" ->
                new Call(Person.named("Eve"), Map.of("communityId", village.id()), body(), Map.of());
            case "giveRoles" ->
                new Call(
                        ada,
                        Map.of("communityId", village.id(), "userId", bea.id()),
                        body().set(
                                        "roles",
                                        JSON.createArrayNode().add("COUNCIL").add("ORGANIZER")),
                        Map.of());
            case "draftProposal" ->
                here(body("title", "A bench", "description", "By the river.", "ruleId", rule())
                        .put("presenceEventId", event(group(village, ada), ada).get("id"))
                        .put("supersedesId", submitted(village, bea)));
            case "readProposal", "listProposalTexts" -> proposal(submitted(village, bea), null);
            case "listReviews", "readElectorate", "listElectors", "readTally" -> proposal(voting(village), null);
            case "editProposal" -> {
                String draft = draft(village, ada);
                yield new Call(
                        ada,
                        Map.of("proposalId", draft),
                        body("title", "Two benches", "description", "There.", "ruleId", rule())
                                .put(
                                        "presenceEventId",
                                        event(group(village, ada), ada).get("id")),
                        Map.of("If-Match", "\"0\""));
            }
            case "submitProposal", "withdrawProposal" -> proposal(draft(village, ada), body());
            case "reviewProposal" ->
                proposal(submitted(village, bea), body("decision", "APPROVE", "note", "Good.", "closesAt", later()));
            case "castVote" -> proposal(voting(village), body("choice", "YES"));
            case "readVote", "withdrawVote" -> proposal(voted(), null);
            case "readReceipt" -> {
                String proposal = voting(village);
                String receipt = ada.sends(Map.of("choice", "YES"))
                        .put("/api/v1/proposals/" + proposal + "/vote")
                        .path("receipt");
                yield new Call(ada, Map.of("proposalId", proposal, "receipt", receipt), null, Map.of());
            }
            case "listVotes" -> proposal(closed(), null);
            case "archiveProposal" -> proposal(closed(), body());
            case "cancelProposal" -> proposal(voting(village), body("reason", "The site was sold."));
            case "postComment" -> {
                String comment = comment(village, ada);
                String proposal = ada.sends().get("/api/v1/comments/" + comment).path("proposalId");
                yield proposal(proposal, body("content", "By the oak. " + canary, "parentId", comment));
            }
            case "listComments" ->
                proposal(
                        ada.sends()
                                .get("/api/v1/comments/" + comment(village, ada))
                                .path("proposalId"),
                        null);
            case "readComment", "showComment" -> comment(null, Map.of());
            case "listCommentEdits" -> {
                Call call = comment(null, Map.of());
                ada.sends(Map.of("content", "By the oak. " + canary))
                        .header("If-Match", "*")
                        .patch("/api/v1/comments/" + call.path().get("commentId"))
                        .then()
                        .statusCode(200);
                yield call;
            }
            case "editComment" -> comment(body("content", "By the elm. " + canary), Map.of("If-Match", "\"0\""));
            case "deleteComment" -> comment(null, Map.of("If-Match", "*"));
            case "hideComment" -> comment(body("reason", "It insults somebody."), Map.of());
            case "closeProposal" -> {
                String proposal = voting(village);
                for (Person voter : List.of(ada, bea))
                    voter.sends(Map.of("choice", "YES"))
                            .put("/api/v1/proposals/" + proposal + "/vote")
                            .then()
                            .statusCode(201);
                // the vote is decided when these two are everybody
                database.update(
                        "delete from elector where electorate_id = ?::uuid and user_id not in (?::uuid, ?::uuid)",
                        proposal,
                        ada.id(),
                        bea.id());
                write("update electorate set electors = 2, total_weight = 2 where id = ?::uuid", proposal);
                yield proposal(proposal, body());
            }
            case "listQuestions" -> here(null);
            case "draftQuestion" -> here(asked("RANKED").put("counting", "IRV").put("ruleId", rule()));
            case "readQuestion", "readQuestionAnalytics", "readQuestionElectorate" -> question(opened("RANKED"), null);
            case "editQuestion" ->
                new Call(
                        ada,
                        Map.of("questionId", question("RANKED")),
                        asked("SCORE").put("maxScore", 5).put("ruleId", rule()),
                        Map.of("If-Match", "\"0\""));
            case "discardQuestion" ->
                new Call(ada, Map.of("questionId", question("RANKED")), null, Map.of("If-Match", "*"));
            case "openQuestion" -> question(question("RANKED"), body("closesAt", later()));
            case "castBallot" -> {
                String question = opened("SINGLE_CHOICE");
                yield question(
                        question, body().set("choices", JSON.createArrayNode().add(option(question, 0))));
            }
            case "readBallot", "withdrawBallot" -> question(answered("SINGLE_CHOICE"), null);
            case "checkBallotReceipt" -> {
                String question = answered("SINGLE_CHOICE");
                String receipt = ada.sends()
                        .get("/api/v1/questions/" + question + "/ballot")
                        .path("receipt");
                yield new Call(ada, Map.of("questionId", question, "receipt", receipt), null, Map.of());
            }
            case "closeQuestion" -> {
                String question = answered("RANKED");
                // the vote is decided when this one is everybody
                database.update(
                        "delete from elector where electorate_id = ?::uuid and user_id <> ?::uuid", question, ada.id());
                write("update electorate set electors = 1, total_weight = 1 where id = ?::uuid", question);
                yield question(question, body());
            }
            case "cancelQuestion" -> question(answered("RANKED"), body("reason", "The tree has been felled."));
            case "readResult", "drawQuestionAnalytics", "listBallots" -> {
                String question = answered("RANKED");
                ada.sends(Map.of("reason", "The tree has been felled."))
                        .post("/api/v1/questions/" + question + "/cancellation")
                        .then()
                        .statusCode(200);
                yield question(question, null);
            }
            case "createEventGroup" -> here(body("name", "Evenings", "description", "On Mondays."));
            case "readEventGroup", "listEvents", "readEventGroupCalendar" ->
                new Call(ada, Map.of("groupId", group(village, ada)), null, Map.of());
            case "editEventGroup" ->
                new Call(
                        ada,
                        Map.of("groupId", group(village, ada)),
                        body("name", "Late evenings", "description", "On Tuesdays."),
                        Map.of("If-Match", "\"0\""));
            case "deleteEventGroup" ->
                new Call(ada, Map.of("groupId", group(village, ada)), null, Map.of("If-Match", "*"));
            case "exportEventGroupAttendancesCsv",
                    "exportEventGroupAttendancesXlsx",
                    "exportEventGroupAttendancesJsonl" -> {
                String group = group(village, ada);
                attended(event(group, ada));
                yield new Call(ada, Map.of("groupId", group), null, Map.of());
            }
            case "scheduleEvent" ->
                new Call(
                        ada,
                        Map.of("groupId", group(village, ada)),
                        body("title", "Planting", "startTime", Instant.now().toString(), "timeZone", "UTC")
                                .put("description", "Trees.")
                                .put("place", "The green.")
                                .put("durationMinutes", 60)
                                .put("capacity", 5)
                                .put("admission", "ANYONE")
                                .put("opensAt", Instant.now().toString())
                                .put("closesAt", later()),
                        Map.of());
            case "readEvent", "listAttendances", "drawEventQrSvg", "drawEventQrPng", "readEventCalendar" ->
                event(event(group(village, ada), ada), null);
            case "exportEventAttendancesCsv", "exportEventAttendancesXlsx", "exportEventAttendancesJsonl" ->
                event(attended(event(group(village, ada), ada)), null);
            case "editEvent" ->
                new Call(
                        ada,
                        Map.of("eventId", event(group(village, ada), ada).get("id")),
                        body(
                                        "title",
                                        "Planting trees",
                                        "startTime",
                                        Instant.now().toString(),
                                        "timeZone",
                                        "UTC")
                                .put("description", "Bring gloves.")
                                .put("place", "The meadow.")
                                .put("durationMinutes", 90)
                                .put("capacity", 6)
                                .put("opensAt", Instant.now().toString())
                                .put("closesAt", later()),
                        Map.of("If-Match", "\"0\""));
            case "deleteEvent" ->
                new Call(
                        ada,
                        Map.of("eventId", event(group(village, ada), ada).get("id")),
                        null,
                        Map.of("If-Match", "*"));
            case "replaceEventCode" -> event(event(group(village, ada), ada), body());
            case "closeEvent" -> event(event(group(village, ada), ada), body());
            case "cancelEvent" -> event(event(group(village, ada), ada), body("reason", "Rain."));
            case "reopenEvent" -> {
                var event = event(group(village, ada), ada);
                ada.sends("{}")
                        .post("/api/v1/events/" + event.get("id") + "/closure")
                        .then()
                        .statusCode(200);
                yield event(event, body("reason", "Sun.", "closesAt", later()));
            }
            case "listMyAttendances" -> {
                checkedIn(ada, "id");
                yield nowhere(null);
            }
            case "checkIn" ->
                nowhere(body("code", event(group(village, ada), ada).get("code"))
                        .put("clientId", UUID.randomUUID().toString()));
            case "readEventByCode" ->
                new Call(ada, Map.of("code", event(group(village, ada), ada).get("code")), null, Map.of());
            case "checkInPerson" -> event(event(group(village, ada), ada), arrival("participantId", bea.id()));
            case "checkInWalkIn" -> event(event(group(village, ada), ada), arrival("name", "Gus"));
            case "findParticipants" ->
                new Call(
                        ada,
                        Map.of("eventId", event(group(village, ada), ada).get("id")),
                        null,
                        Map.of(),
                        "?name=" + bea.name().substring(0, 3));
            case "readCheckIn" -> new Call(ada, Map.of("checkInId", checkedIn(ada, "id")), null, Map.of());
            case "voidCheckIn" ->
                new Call(ada, Map.of("checkInId", checkedIn(ada, "id")), body("reason", "By mistake."), Map.of());
            case "claimCheckIn" -> {
                String device = String.format("%22s", Person.unique()).replace(' ', '0');
                // the one name over http, the other behind https
                String cookies = "ts_d=" + device + "; __Host-ts_d=" + device;
                String id = Person.nobody()
                        .header("Cookie", cookies)
                        .body(Map.of("code", event(group(village, ada), ada).get("code")))
                        .post("/api/v1/check-ins")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
                yield new Call(ada, Map.of("checkInId", id), body(), Map.of("Cookie", cookies));
            }
            case "readAttendanceReceipt" -> new Call(ada, Map.of("receipt", checkedIn(ada, "receipt")), null, Map.of());
            default -> throw new AssertionError("add what " + operation + " is called with to Stage");
        };
    }

    private ObjectNode arrival(String field, String value) {
        return body(field, value, "reason", "The speaker.")
                .put("override", true)
                .put("clientId", UUID.randomUUID().toString());
    }

    /** This of the answer to a check-in to a new event. */
    @CanIgnoreReturnValue
    private String checkedIn(Person person, String field) {
        return checkedIn(person, event(group(village, ada), ada).get("code"), field);
    }

    private static String checkedIn(Person person, String code, String field) {
        return person.sends(Map.of("code", code))
                .post("/api/v1/check-ins")
                .then()
                .statusCode(201)
                .extract()
                .path(field);
    }

    /** What would be mailed is derived from the row, so that nothing waits for a mail. */
    private UUID asked(Person person, String purpose, String target) {
        UUID id = UUID.randomUUID();
        database.update("""
                insert into verification (id, version, created_at, updated_at, user_id, purpose, target, tries, expires_at)
                values (?, 0, now(), now(), ?::uuid, ?, ?, 0, now() + interval '10 minutes')""", id, person.id(), purpose, target);
        return id;
    }

    private String key() {
        return ada.sends(call("createApiKey").body().toString())
                .post("/api/v1/me/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key.id");
    }

    private Person standing(String status, String... roles) {
        return village.enrolled(database, Person.quickly(database, "Fay"), status, roles);
    }

    private String invitation(Map<String, ?> more) {
        return ada.sends(more)
                .post(village.path() + "/invitations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String token(String invitation) {
        return Tokens.of("invitation", UUID.fromString(invitation));
    }

    private Call user(ObjectNode body) {
        return new Call(ada, Map.of("userId", Person.quickly(database, "Fay").id()), body, Map.of());
    }

    private Call member(Person member, ObjectNode body) {
        return new Call(ada, Map.of("communityId", village.id(), "userId", member.id()), body, Map.of());
    }

    private Call of(Person caller, ObjectNode body) {
        return new Call(caller, Map.of(), body, Map.of());
    }

    private String phone() {
        return "+49" + (1_000_000_000L + Math.floorMod(Person.unique().hashCode(), 1_000_000_000));
    }

    private Call nowhere(ObjectNode body) {
        return new Call(ada, Map.of(), body, Map.of());
    }

    private Call here(ObjectNode body) {
        return new Call(ada, Map.of("communityId", village.id()), body, Map.of());
    }

    private Call proposal(String id, ObjectNode body) {
        return new Call(ada, Map.of("proposalId", id), body, Map.of());
    }

    private Call question(String id, ObjectNode body) {
        return new Call(ada, Map.of("questionId", id), body, Map.of());
    }

    private Call event(Map<String, String> event, ObjectNode body) {
        return new Call(ada, Map.of("eventId", event.get("id")), body, Map.of());
    }

    private ObjectNode body(String... fields) {
        ObjectNode body = JSON.createObjectNode();
        for (int i = 0; i < fields.length; i += 2) body.put(fields[i], fields[i + 1]);
        return body;
    }

    /** Every field of a rule. */
    private ObjectNode written() {
        var body = body(
                        "name",
                        "Budget",
                        "weighting",
                        "BY_ROLE",
                        "quorumKind",
                        "PARTICIPATION",
                        "earlyClose",
                        "ALL_VOTED")
                .put("secrecy", "MEMBERS")
                .put("results", "AFTER_CLOSE")
                .put("attendanceGroupId", group(village, ada))
                .put("attendanceLast", 4)
                .put("attendanceAtLeast", 2)
                .put("tenureSeconds", 86_400)
                .put("quorumNum", 1)
                .put("quorumDen", 5)
                .put("quorumAtLeast", 3)
                .put("yesAtLeast", 2)
                .put("minVotingSeconds", 86_400)
                .put("defaultVotingSeconds", 604_800)
                .put("maxVotingSeconds", 2_592_000)
                .put("earlyCloseByItself", true)
                .put("selfReview", false);
        body.putArray("voterRoles").add("CITIZEN");
        body.putObject("roleWeights").put("COUNCIL", 2);
        body.putArray("thresholds")
                .addObject()
                .put("base", "CAST")
                .put("num", 2)
                .put("den", 3)
                .put("strict", false);
        return body;
    }

    private Call comment(ObjectNode body, Map<String, String> headers) {
        return new Call(ada, Map.of("commentId", comment(village, ada)), body, headers);
    }

    private String comment(Village in, Person author) {
        return author.sends(Map.of("content", "Where? " + canary))
                .post("/api/v1/proposals/" + submitted(in, author) + "/comments")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String voted() {
        String proposal = voting(village);
        ada.sends(Map.of("choice", "YES"))
                .put("/api/v1/proposals/" + proposal + "/vote")
                .then()
                .statusCode(201);
        return proposal;
    }

    /** Decided, with a vote of the one who may everything. */
    private String closed() {
        String proposal = voted();
        database.update("delete from elector where electorate_id = ?::uuid and user_id <> ?::uuid", proposal, ada.id());
        write("update electorate set electors = 1, total_weight = 1 where id = ?::uuid", proposal);
        ada.sends("{}")
                .post("/api/v1/proposals/" + proposal + "/closure")
                .then()
                .statusCode(200);
        return proposal;
    }

    private String later() {
        return Instant.now().plus(Duration.ofDays(1)).toString();
    }

    private String rule() {
        return ada.sends().get(village.path() + "/decision-rules").path("items[0].id");
    }

    private String draft(Village in, Person author) {
        return author.sends(Map.of("title", "A bench " + canary, "description", "By the river. " + canary))
                .post(in.path() + "/proposals")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String submitted(Village in, Person author) {
        String id = draft(in, author);
        author.sends("{}")
                .post("/api/v1/proposals/" + id + "/submission")
                .then()
                .statusCode(200);
        return id;
    }

    private String voting(Village in) {
        String id = submitted(in, bea);
        ada.sends(Map.of("decision", "APPROVE"))
                .post("/api/v1/proposals/" + id + "/review")
                .then()
                .statusCode(200);
        return id;
    }

    private ObjectNode asked(String method) {
        ObjectNode question = body("title", "What for the square? " + canary, "description", "One thing. " + canary);
        question.put("method", method)
                .put("secrecy", "MEMBERS")
                .put("results", "AFTER_CLOSE")
                .put("allowBlank", true)
                .putArray("options")
                .add(body("label", "A tree " + canary, "description", "An oak."))
                .add(body("label", "Nothing").put("statusQuo", true));
        return question;
    }

    private String question(String method) {
        return question(village, ada, method);
    }

    private String question(Village in, Person author, String method) {
        return author.sends(asked(method).toString())
                .post(in.path() + "/questions")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String opened(String method) {
        String id = question(method);
        ada.sends("{}").post("/api/v1/questions/" + id + "/opening").then().statusCode(200);
        return id;
    }

    /** With a ballot of the one who may do everything. */
    private String answered(String method) {
        String id = opened(method);
        ObjectNode ballot = body();
        if (method.equals("RANKED")) ballot.putArray("ranking").addArray().add(option(id, 0));
        else ballot.putArray("choices").add(option(id, 0));
        ada.sends(ballot.toString())
                .put("/api/v1/questions/" + id + "/ballot")
                .then()
                .statusCode(201);
        return id;
    }

    private String option(String question, int index) {
        return ada.sends().get("/api/v1/questions/" + question).path("options[" + index + "].id");
    }

    private String group(Village in, Person organizer) {
        return organizer
                .sends(Map.of("name", "Evenings " + canary + Person.unique()))
                .post(in.path() + "/event-groups")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private Map<String, String> event(String group, Person organizer) {
        var made = organizer
                .sends(Map.of(
                        "title",
                        "Planting " + canary,
                        "startTime",
                        Instant.now().toString(),
                        "durationMinutes",
                        60))
                .post("/api/v1/event-groups/" + group + "/events")
                .then()
                .statusCode(201)
                .extract();
        String code = Objects.requireNonNull(made.path("codeText"));
        secrets.add(code);
        return Map.of("id", made.path("id"), "code", code);
    }

    /** Somebody was there. How often lists of people may be taken along does not matter here. */
    private Map<String, String> attended(Map<String, String> event) {
        ada.sends(Map.of("code", event.get("code")))
                .post("/api/v1/check-ins")
                .then()
                .statusCode(201);
        database.update("delete from throttle");
        return event;
    }

    /** An entry that its follower has set aside, and would take now. */
    private String deadEntry() {
        String proposal = voting(village);
        ada.sends(Map.of("choice", "YES"))
                .put("/api/v1/proposals/" + proposal + "/vote")
                .then()
                .statusCode(201);
        String entry = ada.sends()
                .get(village.path() + "/audit-log?limit=1")
                .then()
                .body("items[0].kind", is("VoteCast"))
                .extract()
                .path("items[0].id");
        database.update("insert into follower (name) values ('governance.tally') on conflict do nothing");
        write(
                "insert into dead_entry (follower, entry_id, error, tries) values ('governance.tally', ?::uuid, '', 9)",
                entry);
        return entry;
    }

    private String newestEntry() {
        return ada.sends()
                .get(village.path() + "/audit-log?limit=1")
                .then()
                .statusCode(200)
                .extract()
                .path("items[0].id");
    }

    /** What is there as soon as the log is sealed and signed. */
    private void awaits(String path) {
        Eventually.holds(
                Duration.ofSeconds(60), () -> ada.sends().get(path).then().statusCode(200));
    }

    private void write(String sql, String id) {
        assertEquals(1, database.update(sql, id));
    }

    private static void roles(Person admin, Village in, Person member, List<String> roles) {
        admin.sends(Map.of("roles", roles))
                .put(in.path() + "/members/" + member.id() + "/roles")
                .then()
                .statusCode(200);
    }
}
