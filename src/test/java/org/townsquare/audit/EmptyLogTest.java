package org.townsquare.audit;

import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.townsquare.audit.Scribe.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Village;

/** A log of which nothing is sealed. */
@QuarkusTest
@QuarkusTestResource(Database.class)
@TestProfile(EmptyLogTest.Alone.class)
class EmptyLogTest {
    public static class Alone extends OwnLog {
        public Alone() {
            super(Path.of("target", "checkpoints-of-nothing"));
        }
    }

    @Inject
    Notary notary;

    @Inject
    LogKeys keys;

    @Test
    void it_is_sound_and_says_that_nothing_is_signed_yet() throws Exception {
        await(notary.attest());
        assertEquals(0, Rows.count("select count(*) from log_checkpoint"), "of nothing no checkpoint is signed");
        for (String path : List.of("checkpoint", "consistency", "consistency?from=0&to=0"))
            Person.nobody().get("/api/v1/log/" + path).then().statusCode(404).body("code", is("not-sealed-yet"));
        Person.nobody().get("/api/v1/log/checkpoints").then().statusCode(200).body("items", empty());
        Person.nobody().get("/api/v1/log/keys").then().statusCode(200).body("items", hasSize(1));
        Village village = Village.open();
        Person ada = village.founder();
        ada.sends()
                .get(village.path() + "/audit-log/export")
                .then()
                .statusCode(404)
                .body("code", is("not-sealed-yet"));
        String entry =
                ada.sends().get(village.path() + "/audit-log").then().extract().path("items[0].id");
        ada.sends()
                .get("/api/v1/audit-entries/" + entry + "/proof")
                .then()
                .statusCode(202)
                .body("code", is("not-sealed-yet"));
        try (Connection db = Database.connect()) {
            db.setAutoCommit(false);
            var found = new ArrayList<Finding>();
            var report = new Verification(db, keys, List.of(), found::add, entries -> {}).run();
            assertEquals(List.of(), found);
            assertEquals(new Verification.Report(0, 0, 0), report);
        }
    }
}
