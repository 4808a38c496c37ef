package org.townsquare;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.townsquare.town.DurableDatabase;
import org.townsquare.town.Packaged;

/** The walk with curl, as a newcomer takes it, against the normal package. */
@Tag("normal-package")
class WalkIT {
    private static DurableDatabase database;
    private static Packaged application;

    @TempDir
    private static Path cluster;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        database = DurableDatabase.start(cluster).migrated();
        application = Packaged.run(database.environment()).served();
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            if (application != null) application.close();
        } finally {
            if (database != null) database.close();
        }
    }

    @Test
    void the_script_walks_from_sign_up_to_a_counted_vote_and_a_scanned_check_in() throws Exception {
        Path out = folder.resolve("walk");
        Process walk = new ProcessBuilder("bash", Path.of("docs", "walk.sh").toString(), application.url())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        boolean ended = walk.waitFor(90, TimeUnit.SECONDS);
        if (!ended) walk.destroyForcibly().waitFor();
        assertEquals(0, walk.exitValue(), Files.readString(out));
    }

    @Test
    void what_an_operator_looks_at_answers() {
        application.request().get("/q/swagger-ui").then().statusCode(200).body(containsString("swagger"));
        application.request().get("/q/openapi").then().statusCode(200).body(containsString("castVote"));
        application.request().get("/q/health").then().statusCode(404);
        application.request().get("/q/metrics").then().statusCode(404);
        application
                .management()
                .get("/q/health")
                .then()
                .statusCode(200)
                .body("checks.name", hasItems("warm-up", "log"));
        application.management().get("/q/metrics").then().statusCode(200).body(containsString("jvm_memory_used_bytes"));
    }
}
