package org.townsquare.platform;

import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Person;

@QuarkusTest
@QuarkusTestResource(Database.class)
class DevMailsTest {
    @Test
    void there_is_no_such_page_outside_of_dev_and_trial() {
        Person.nobody().get("/dev/mails").then().statusCode(404).body(containsString("not-found"));
    }

    @Test
    void the_newest_mail_comes_first_and_the_oldest_are_forgotten() {
        var mails = new DevMails();
        for (int i = 0; i < 250; i++) mails.keep("ada@example.org", "Mail " + i, "Text " + i);
        String page = mails.page();
        assertTrue(page.startsWith("To: ada@example.org\nSubject: Mail 249\n\nText 249"), page);
        assertEquals(200, page.split("Subject: ", -1).length - 1);
    }
}
