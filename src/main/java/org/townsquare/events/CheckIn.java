package org.townsquare.events;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Viewer;
import org.townsquare.journal.Entry;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Ids;
import org.townsquare.platform.Statement;

/**
 * The act that makes an attendance: one statement on its own connection, which judges the time, takes a place where they are counted, and appends
 * its journal entry. Where it makes no row a second statement reads why, since the first one looks at a snapshot in which the winner of a race
 * is missing.
 */
@ApplicationScoped
public class CheckIn {
    private static final Statement PROMPT = Statement.of(CheckIn.class, "check-in.sql");

    /** Waits for places that others hold at this moment: they may give them back. */
    private static final Statement PATIENT = new Statement(PROMPT.sql().replace(" skip locked", ""));

    private static final Statement LOOK = Statement.of(CheckIn.class, "look.sql");
    private static final Digest UNKNOWN_YET = Digest.of(new byte[32]);

    private final Pool pool;
    private final Journal journal;
    private final RandomGenerator random;
    private final DeviceCookie devices;

    CheckIn(Pool pool, Journal journal, RandomGenerator random, DeviceCookie devices) {
        this.pool = pool;
        this.journal = journal;
        this.random = random;
        this.devices = devices;
    }

    /**
     * Checks the viewer in to the event with this code: a user by name, anybody else by the device's cookie or the key of the request. A repeat
     * finds what is there. Problems: {@code code-malformed}, {@code code-unknown}, {@code check-in-not-open-yet}, {@code check-in-closed},
     * {@code event-full}, {@code event-cancelled}, {@code idempotency-mismatch}, {@code busy}.
     *
     * @param code as it was typed
     * @param key the {@code Idempotency-Key}
     */
    public Uni<CheckInAnswer> with(Viewer viewer, String code, @Nullable UUID key) {
        Attempt attempt = attempt(viewer, EventCode.parse(code), key);
        return run(PROMPT, attempt, FoundCheckIn::judge)
                .chain(answer -> answer == null
                        ? run(PATIENT, attempt, FoundCheckIn::judgeAtLast)
                        : Uni.createFrom().item(answer));
    }

    private Attempt attempt(Viewer viewer, EventCode code, @Nullable UUID key) {
        UUID id = Ids.next();
        UUID user = viewer.actorId();
        AttendanceKind kind = user == null ? AttendanceKind.ANONYMOUS : AttendanceKind.REGISTERED;
        String known = user == null ? devices.sent() : null;
        String device = user == null && known == null && key == null ? devices.draw() : known;
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        var fact = new CheckedIn(Entry.placeholder(1), id, Entry.placeholder(2), kind, CheckInSource.SELF, UNKNOWN_YET);
        var values = new ArrayList<@Nullable Object>(
                Arrays.asList(code.text(), id, user, device, key, Buffer.buffer(nonce)));
        values.addAll(Arrays.asList(journal.entry(viewer, fact).hotValues()));
        return new Attempt(
                values,
                Arrays.asList(code.text(), user, device, key, kind.name()),
                device == null || device.equals(known) ? null : devices.setting(device));
    }

    private Uni<@Nullable CheckInAnswer> run(
            Statement statement, Attempt attempt, Function<FoundCheckIn, @Nullable CheckInAnswer> otherwise) {
        return statement
                .run(pool, attempt.values().toArray())
                .chain(rows -> rows.size() == 0
                        ? look(attempt).map(otherwise)
                        : Uni.createFrom().item(made(rows.iterator().next(), attempt)));
    }

    private static CheckInAnswer made(Row row, Attempt attempt) {
        return new CheckInAnswer(CheckInView.made(row), false, attempt.cookie());
    }

    private Uni<FoundCheckIn> look(Attempt attempt) {
        return LOOK.run(pool, attempt.question().toArray()).map(rows -> {
            if (rows.size() == 0) throw Event.unknownCode();
            return FoundCheckIn.of(rows.iterator().next());
        });
    }

    /**
     * @param values of the statement that checks in
     * @param question of the one that reads why it did not
     */
    private record Attempt(
            List<@Nullable Object> values,
            List<@Nullable Object> question,
            @Nullable String cookie) {}
}
