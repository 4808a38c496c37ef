package org.townsquare.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.townsquare.audit.Scribe.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.townsquare.town.Database;
import org.townsquare.town.Rows;

/** How fast entries are sealed and verified: {@code ./mvnw test -Dtest=SealMeasured}. Run by hand; it asserts no time. */
@QuarkusTest
@QuarkusTestResource(Database.class)
@TestProfile(SealMeasured.Alone.class)
class SealMeasured {
    public static class Alone extends OwnLog {
        public Alone() {
            super(Path.of("target", "checkpoints-measured"));
        }
    }

    private static final int ENTRIES = 100_000;

    @Inject
    Sealer sealer;

    @Inject
    Notary notary;

    @Inject
    LogKeys keys;

    /** Like the entries of votes, with address and device, spread over 1,000 communities; bodies and salts are right. */
    private static final String FILL = """
            with n as materialized (
                select uuidv7() as id, clock_timestamp() as at, gen_random_uuid() as subject, gen_random_uuid() as actor,
                       ('00000000-0000-7000-8000-' || lpad((n %% 1000)::text, 12, '0'))::uuid as community
                from generate_series(1, %d) as n
            ), commitments as (
                select id, translate(rtrim(encode(hmac('192.0.2.7', repeat('s', 32), 'sha256'), 'base64'), '='), '+/', '-_') as ip from n
            ), entry as (
                insert into journal_entry (id, stream, at, community_id, kind, subject_type, subject_id, actor_id, credential, body)
                select id, 1, at, community, 'VoteCast', 'vote', subject, actor, 'SESSION',
                       convert_to('{"actor":"' || actor || '","at":"' || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                           || '","commitments":{"ip":"' || ip || '"},"community":"' || community || '","credential":"SESSION","fact":{"communityId":"' || community
                           || '","proposalId":"' || community || '","receipt":"5ptSZr9nanFvzN0qlvPurp5ytX56_HdXRS-D47okPhE","voteId":"' || subject
                           || '"},"id":"' || id || '","impersonator":null,"kind":"VoteCast","request":"eeec56b65f3069af1d70a6a97595861f","salt":"Iv0RTZMo5E6F4LzwMZwWoA","subject":{"id":"'
                           || subject || '","type":"vote"},"version":1}', 'UTF8')
                from n join commitments using (id)
            )
            insert into journal_origin (entry_id, ip, salt) select id, '192.0.2.7', convert_to(repeat('s', 32), 'UTF8') from n""".formatted(ENTRIES);

    @Test
    void entries_a_second() throws Exception {
        try (Connection db = Database.connect()) {
            db.createStatement().execute(FILL);
        }
        int warm = await(sealer.seal()) + await(sealer.seal());
        assertEquals(20_000, warm);
        long before = Rows.count("select size from log_head");
        long began = System.nanoTime();
        int sealed = 0;
        for (int n = await(sealer.seal()); n > 0; n = await(sealer.seal())) sealed += n;
        double seconds = (System.nanoTime() - began) / 1e9;
        assertEquals(before + sealed, Rows.count("select size from log_head"));
        System.out.printf("sealed %d entries in %.1f s: %.0f a second%n", sealed, seconds, sealed / seconds);
        began = System.nanoTime();
        await(notary.attest());
        System.out.printf("checkpoint of %d entries: %.3f s%n", before + sealed, (System.nanoTime() - began) / 1e9);
        try (Connection db = Database.connect()) {
            db.setAutoCommit(false);
            began = System.nanoTime();
            var report = new Verification(db, keys, List.of(), found -> {}, entries -> {}).run();
            seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(
                    "verified %d entries in %.1f s: %.0f a second, %d findings%n",
                    report.entries(), seconds, report.entries() / seconds, report.findings());
        }
    }
}
