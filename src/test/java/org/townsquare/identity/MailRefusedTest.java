package org.townsquare.identity;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Admin;
import org.townsquare.town.Database;
import org.townsquare.town.Eventually;
import org.townsquare.town.MoodyMailServer;
import org.townsquare.town.Person;

/** What becomes of a mail that the mail server does not take, over SMTP. */
@QuarkusTest
@QuarkusTestResource(Database.class)
@QuarkusTestResource(value = MoodyMailServer.class, restrictToAnnotatedClass = true)
class MailRefusedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The mails that went to them, in this order. */
    private static List<String> taken(Person... persons) {
        List<String> theirs = List.of(persons).stream().map(Person::email).toList();
        return MoodyMailServer.taken().stream().filter(theirs::contains).toList();
    }

    private static Person signsUp(String name, String answer, int times) {
        String email = Person.unique() + "@example.org";
        MoodyMailServer.refuse(email, answer, times);
        return Person.named(name, email);
    }

    @Test
    void one_that_is_refused_for_now_is_held_up_and_goes_out_later_and_once() {
        Person ada = signsUp("Ada", "451 greylisted, come again", 2);
        Person bob = Person.named("Bob");
        Eventually.holds(PATIENCE, () -> assertEquals(List.of(ada.email(), bob.email()), taken(ada, bob)));
        assertEquals(3, MoodyMailServer.asked(ada.email()));
        assertEquals(List.of(), dead());
    }

    @Test
    void one_that_is_refused_for_good_is_left_out_and_holds_up_nobody() {
        Person ada = signsUp("Ada", "550 no such mailbox", 99);
        Person bob = Person.named("Bob");
        Eventually.holds(PATIENCE, () -> assertEquals(List.of(bob.email()), taken(ada, bob)));
        assertEquals(1, MoodyMailServer.asked(ada.email()));
        assertEquals(List.of(), dead());
    }

    @Test
    void a_server_that_goes_away_is_waited_for_however_long_it_takes() {
        Person ada = signsUp("Ada", "421 shutting down", 7);
        Eventually.holds(PATIENCE, () -> assertEquals(List.of(ada.email()), taken(ada)));
        assertEquals(8, MoodyMailServer.asked(ada.email()));
        assertEquals(List.of(), dead());
    }

    @Test
    void one_that_is_refused_too_often_is_set_aside_and_goes_out_when_an_admin_retries_it() {
        Person ada = signsUp("Ada", "450 mailbox busy", 5);
        Eventually.holds(
                PATIENCE,
                () -> assertEquals(
                        List.of("java.lang.IllegalStateException: the mail server refused a mail with 450"), dead()));
        assertEquals(5, MoodyMailServer.asked(ada.email()));
        Person root = Admin.named("Root");
        String entry = root.sends()
                .get("/api/v1/dead-entries")
                .then()
                .statusCode(200)
                .body("items.refusals.follower", contains(contains("identity.mail")))
                .body("items.refusals.tries", contains(contains(5)))
                .body(not(containsString(ada.email())))
                .extract()
                .path("items[0].entryId");
        root.sends("{}").post("/api/v1/dead-entries/" + entry + "/retry").then().statusCode(204);
        assertEquals(List.of(ada.email()), taken(ada));
        assertEquals(List.of(), dead());
    }

    private static List<String> dead() {
        return Database.texts("select error from dead_entry where next_try_at is null");
    }
}
