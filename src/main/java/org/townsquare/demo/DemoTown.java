package org.townsquare.demo;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Millbrook: a named cast with one known password, proposals in every state, a question that is open and one that is counted, events that are open now, full, over and cancelled. It is there in dev and
 * in a trial alone: the build of a production package leaves this class out.
 */
@ApplicationScoped
@IfBuildProfile(anyOf = {"dev", "trial"})
class DemoTown {
    private static final Logger LOG = Logger.getLogger("townsquare.demo");
    private static final String OPEN_EVENT = "Open council evening";

    private final Clock clock;
    private final int port;
    private volatile boolean stopping;

    DemoTown(Clock clock, @ConfigProperty(name = "quarkus.http.port") int port) {
        this.clock = clock;
        this.port = port;
    }

    void open(@ObservesAsync HttpServerStart started) {
        try {
            Town town = settle();
            LOG.info(town.welcome(openEvent(town)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            if (!stopping) LOG.error("the demo town could not be built", e);
        }
    }

    void stop(@Observes ShutdownEvent end) {
        stopping = true;
    }

    /** Signs in the cast of a town that stands already, else builds it. */
    private Town settle() throws IOException, InterruptedException {
        var guest = new DemoClient("http://localhost:" + port);
        DemoClient known = guest.signInAs(Cast.MAYOR);
        if (known != null) {
            String id = known.get("/me")
                    .getJsonArray("memberships")
                    .getJsonObject(0)
                    .getString("communityId");
            return new Town(id, guest, new EnumMap<>(Cast.class));
        }
        return build(guest);
    }

    private Town build(DemoClient guest) throws IOException, InterruptedException {
        DemoClient mayor = guest.signUpAs(Cast.MAYOR);
        String id = mayor.post(
                        "/communities",
                        new JsonObject()
                                .put("name", "Millbrook")
                                .put("slug", "millbrook")
                                .put("description", "A small town on a river, for trying things out."))
                .getString("id");
        String community = "/communities/" + id;
        for (Cast person : Cast.values()) {
            if (person == Cast.MAYOR) continue;
            DemoClient member = guest.signUpAs(person);
            mayor.put(
                    community + "/members/" + member.userId() + "/roles",
                    new JsonObject()
                            .put("roles", person.rolesFor(member.post(community + "/members", new JsonObject()))));
        }
        Town town = new Town(id, guest, new EnumMap<>(Cast.class));
        admit(town);
        propose(town);
        ask(town);
        gather(town);
        return town;
    }

    /** The ways in and out: one who waits, one who is suspended, a PRIVATE community with its invitation, and a key for a program. */
    private static void admit(Town town) throws IOException, InterruptedException {
        DemoClient sam = town.guest().signUpAs(Newcomer.SAM);
        String community = "/communities/" + town.id();
        sam.post(community + "/members", new JsonObject());
        town.as(Cast.MAYOR)
                .post(
                        community + "/members/" + sam.userId() + "/suspension",
                        new JsonObject().put("reason", "Advertised a casino in every comment."));
        String choir = town.as(Cast.NOOR)
                .post(
                        "/communities",
                        new JsonObject()
                                .put("name", "Weir Valley Choir")
                                .put("slug", "weir-valley-choir")
                                .put("joinPolicy", "REQUEST"))
                .getString("id");
        town.guest().signUpAs(Newcomer.PIA).post("/communities/" + choir + "/members", new JsonObject());
        String chamber = town.as(Cast.ADA)
                .post(
                        "/communities",
                        new JsonObject()
                                .put("name", "Council chamber")
                                .put("slug", "millbrook-chamber")
                                .put("visibility", "PRIVATE")
                                .put("joinPolicy", "INVITE"))
                .getString("id");
        town.as(Cast.ADA)
                .post(
                        "/communities/" + chamber + "/invitations",
                        new JsonObject().put("email", Cast.BEN.email()).put("roles", new JsonArray().add("CITIZEN")));
        town.as(Cast.YUKI)
                .post(
                        "/me/api-keys",
                        new JsonObject()
                                .put("name", "Board at the door")
                                .put("communityId", town.id())
                                .put("scopes", new JsonArray().add("event:read").add("attendance:read"))
                                .put("password", Cast.PASSWORD));
    }

    private static void propose(Town town) throws IOException, InterruptedException {
        town.draft(Cast.NOOR, "Benches along the river path", "Six benches between the mill and the weir.");
        town.submit(
                town.draft(Cast.BEN, "Night bus on Fridays", "One more bus at half past eleven, for a trial year."),
                Cast.BEN);
        town.review(
                town.submit(town.draft(Cast.BEN, "Rename the town", "Millbrook-on-Sea would sell better."), Cast.BEN),
                "REJECT",
                "There is no sea.");
        String lights = town.review(
                town.submit(
                        town.draft(Cast.NOOR, "Solar lights in Linden Park", "Twelve solar lamps on the main path."),
                        Cast.NOOR),
                "APPROVE",
                "");
        town.vote(lights, Cast.NOOR, "YES");
        town.vote(lights, Cast.BEN, "NO");
        town.vote(lights, Cast.YUKI, "YES");
        String question = town.say(lights, Cast.BEN, "Who pays for new batteries?", null);
        town.say(lights, Cast.NOOR, "The lamps come with ten years of them.", question);
        String shouted = town.say(lights, Cast.BEN, "Whoever wants this has never been to the park.", null);
        town.as(Cast.ADA)
                .post(
                        "/comments/" + shouted + "/hiding",
                        new JsonObject().put("reason", "About people, not about lamps."));
        String fountain = town.review(
                town.submit(town.draft(Cast.BEN, "Fountain by the station", "With seats around it."), Cast.BEN),
                "APPROVE",
                "");
        town.vote(fountain, Cast.NOOR, "YES");
        town.as(Cast.MAYOR)
                .post(
                        "/proposals/" + fountain + "/cancellation",
                        new JsonObject().put("reason", "The railway has sold the site."));
        String flag = town.draft(Cast.NOOR, "A flag for the town", "Blue, with a heron.");
        town.decide(flag, Cast.NOOR, "YES");
        town.as(Cast.ADA).post("/proposals/" + flag + "/archival", new JsonObject());
        town.decide(
                town.draft(Cast.NOOR, "Weekly market on the square", "Every Saturday from eight to one."),
                Cast.NOOR,
                "YES");
        town.decide(town.draft(Cast.BEN, "Pave the meadow", "More room for parking."), Cast.BEN, "NO");
    }

    /** One question that waits for more ballots, and one that was counted by run-off. */
    private static void ask(Town town) throws IOException, InterruptedException {
        JsonObject garden = town.ask(
                "What for the garden behind the mill?", "APPROVAL", "A herb bed", "A sandpit", "Leave it as it is");
        town.answer(
                garden,
                Cast.NOOR,
                "choices",
                new JsonArray().add(option(garden, 0)).add(option(garden, 1)));
        JsonObject name = town.ask(
                "What shall we call the new playground?", "RANKED", "Otter's Den", "Mill Wheel", "Little Weir");
        int turn = 0;
        for (Cast voter : Cast.values())
            town.answer(
                    name,
                    voter,
                    "ranking",
                    new JsonArray()
                            .add(new JsonArray().add(option(name, turn % 3)))
                            .add(new JsonArray().add(option(name, (turn++ + 1) % 3))));
        town.as(Cast.ADA).post("/questions/" + name.getString("id") + "/closure", new JsonObject());
    }

    private static String option(JsonObject question, int index) {
        return question.getJsonArray("options").getJsonObject(index).getString("id");
    }

    private void gather(Town town) throws IOException, InterruptedException {
        DemoClient organizer = town.as(Cast.YUKI);
        String group = organizer
                .post(
                        "/communities/" + town.id() + "/event-groups",
                        new JsonObject().put("name", "Town evenings").put("description", "Where the town meets."))
                .getString("id");
        JsonObject supper =
                schedule(organizer, group, "Harvest supper", clock.instant().minus(Duration.ofDays(2)));
        var code = new JsonObject().put("code", supper.getString("codeText"));
        for (Cast person : List.of(Cast.NOOR, Cast.BEN, Cast.ADA))
            town.as(person).post("/check-ins", code);
        town.guest().post("/check-ins", code);
        organizer.post("/events/" + supper.getString("id") + "/closure", new JsonObject());
        JsonObject tour = organizer.post(
                "/event-groups/" + group + "/events",
                planned("Tour of the mill wheel", clock.instant().minus(Duration.ofMinutes(20)))
                        .put("description", "There is room for two beside the wheel.")
                        .put("capacity", 2));
        for (Cast person : List.of(Cast.NOOR, Cast.BEN))
            town.as(person).post("/check-ins", new JsonObject().put("code", tour.getString("codeText")));
        JsonObject regatta =
                schedule(organizer, group, "Raft regatta", clock.instant().plus(Duration.ofDays(3)));
        organizer.post(
                "/events/" + regatta.getString("id") + "/cancellation",
                new JsonObject().put("reason", "The river is too high."));
    }

    /** The address where one checks in to an event that is open now. */
    private String openEvent(Town town) throws IOException, InterruptedException {
        DemoClient organizer = town.as(Cast.YUKI);
        String group = organizer
                .get("/communities/" + town.id() + "/event-groups")
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");
        var events =
                organizer.get("/event-groups/" + group + "/events?limit=100").getJsonArray("items");
        for (int i = 0; i < events.size(); i++) {
            JsonObject event = events.getJsonObject(i);
            if (OPEN_EVENT.equals(event.getString("title")) && "OPEN".equals(event.getString("phase")))
                return event.getString("checkInUrl");
        }
        return schedule(organizer, group, OPEN_EVENT, clock.instant().minus(Duration.ofMinutes(10)))
                .getString("checkInUrl");
    }

    private static JsonObject schedule(DemoClient organizer, String group, String title, Instant start)
            throws IOException, InterruptedException {
        return organizer.post("/event-groups/" + group + "/events", planned(title, start));
    }

    private static JsonObject planned(String title, Instant start) {
        return new JsonObject()
                .put("title", title)
                .put("startTime", start.toString())
                .put("durationMinutes", 120)
                .put("place", "Old mill");
    }

    /** The town and those who act in it. */
    private record Town(String id, DemoClient guest, Map<Cast, DemoClient> signedIn) {
        DemoClient as(Cast person) throws IOException, InterruptedException {
            DemoClient client = signedIn.get(person);
            if (client == null) client = guest.signInAs(person);
            if (client == null) throw new IllegalStateException(person + " cannot sign in");
            signedIn.put(person, client);
            return client;
        }

        @CanIgnoreReturnValue
        String draft(Cast author, String title, String description) throws IOException, InterruptedException {
            return as(author)
                    .post(
                            "/communities/" + id + "/proposals",
                            new JsonObject().put("title", title).put("description", description))
                    .getString("id");
        }

        @CanIgnoreReturnValue
        String submit(String proposal, Cast author) throws IOException, InterruptedException {
            return as(author)
                    .post("/proposals/" + proposal + "/submission", new JsonObject())
                    .getString("id");
        }

        @CanIgnoreReturnValue
        String review(String proposal, String decision, String note) throws IOException, InterruptedException {
            return as(Cast.ADA)
                    .post(
                            "/proposals/" + proposal + "/review",
                            new JsonObject().put("decision", decision).put("note", note))
                    .getString("id");
        }

        @CanIgnoreReturnValue
        String say(String proposal, Cast author, String content, @Nullable String answered)
                throws IOException, InterruptedException {
            var comment = new JsonObject().put("content", content);
            if (answered != null) comment.put("parentId", answered);
            return as(author)
                    .post("/proposals/" + proposal + "/comments", comment)
                    .getString("id");
        }

        void vote(String proposal, Cast voter, String choice) throws IOException, InterruptedException {
            as(voter).put("/proposals/" + proposal + "/vote", new JsonObject().put("choice", choice));
        }

        /** Everybody votes, the mayor differently, and the council closes. */
        void decide(String proposal, Cast author, String choice) throws IOException, InterruptedException {
            review(submit(proposal, author), "APPROVE", "");
            for (Cast voter : Cast.values()) vote(proposal, voter, voter == Cast.MAYOR ? "ABSTAIN" : choice);
            as(Cast.ADA).post("/proposals/" + proposal + "/closure", new JsonObject());
        }

        /** Open for a week. An option to leave things as they are says so. */
        JsonObject ask(String title, String method, String... labels) throws IOException, InterruptedException {
            var options = new JsonArray();
            for (String label : labels)
                options.add(new JsonObject().put("label", label).put("statusQuo", label.startsWith("Leave")));
            JsonObject question = as(Cast.ADA)
                    .post(
                            "/communities/" + id + "/questions",
                            new JsonObject()
                                    .put("title", title)
                                    .put("method", method)
                                    .put("options", options));
            as(Cast.ADA).post("/questions/" + question.getString("id") + "/opening", new JsonObject());
            return question;
        }

        void answer(JsonObject question, Cast voter, String by, JsonArray said)
                throws IOException, InterruptedException {
            as(voter).put("/questions/" + question.getString("id") + "/ballot", new JsonObject().put(by, said));
        }

        String welcome(String checkInUrl) {
            var lines = new ArrayList<String>();
            lines.add("Millbrook, the demo town, is open. Everybody's password: " + Cast.PASSWORD);
            for (Cast person : Cast.values())
                lines.add("  %-12s %-24s %s".formatted(person.fullName(), person.email(), person.what()));
            for (Newcomer person : Newcomer.values())
                lines.add("  %-12s %-24s %s".formatted(person.fullName(), person.email(), person.what()));
            lines.add("  community    " + id);
            lines.add("  check in at  " + checkInUrl);
            return String.join("\n", lines);
        }
    }
}
