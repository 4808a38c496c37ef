package org.townsquare.events;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.townsquare.communities.Member;
import org.townsquare.communities.MemberStatus;
import org.townsquare.communities.Viewer;
import org.townsquare.identity.Guesses;
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
    private final Guesses guesses;

    CheckIn(Pool pool, Journal journal, RandomGenerator random, DeviceCookie devices, Guesses guesses) {
        this.guesses = guesses;
        this.pool = pool;
        this.journal = journal;
        this.random = random;
        this.devices = devices;
    }

    /**
     * Checks the viewer in to the event with this code: a user by name, anybody else by the device's cookie. A repeat finds what is there. Problems:
     * {@code code-malformed}, {@code code-unknown}, {@code code-replaced}, {@code check-in-not-open-yet}, {@code check-in-closed}, {@code event-full},
     * {@code event-cancelled}, {@code membership-suspended}, {@code community-suspended}, {@code too-many-tries}, {@code busy}.
     *
     * @param code as it was typed
     */
    public Uni<CheckInAnswer> with(Viewer viewer, String code) {
        return counted(viewer, () -> uncounted(viewer, code));
    }

    /** The same, for who counts wrong codes by {@link #counted}. */
    Uni<CheckInAnswer> uncounted(Viewer viewer, String code) {
        return on(pool, viewer, code, true);
    }

    /** The same in a transaction that keeps the answer under the key of the request: a repeat is known by it, so no device is given a cookie. */
    Uni<CheckInAnswer> uncounted(SqlConnection transaction, Viewer viewer, String code) {
        return on(transaction, viewer, code, false);
    }

    /** Counts wrong codes, by a connection of its own: so whoever calls this holds none. Problems: {@code too-many-tries}. */
    public <T> Uni<T> counted(Viewer viewer, Supplier<Uni<T>> attempt) {
        return guesses.counted(viewer, "code-unknown", attempt);
    }

    private Uni<CheckInAnswer> on(SqlClient client, Viewer viewer, String code, boolean drawsDevice) {
        Attempt attempt = attempt(viewer, EventCode.parse(code), drawsDevice);
        return run(client, PROMPT, attempt, FoundCheckIn::judge)
                .chain(answer -> answer == null
                        ? run(client, PATIENT, attempt, FoundCheckIn::judgeAtLast)
                        : Uni.createFrom().item(answer));
    }

    private Attempt attempt(Viewer viewer, EventCode code, boolean drawsDevice) {
        UUID id = Ids.next();
        UUID user = viewer.actorId();
        String known = user == null ? devices.sent() : null;
        String device = user == null && known == null && drawsDevice ? devices.draw() : known;
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        AttendanceKind kind = user == null ? AttendanceKind.ANONYMOUS : AttendanceKind.REGISTERED;
        var fact = new CheckedIn(Entry.placeholder(1), id, Entry.placeholder(2), kind, CheckInSource.SELF, UNKNOWN_YET);
        var values =
                new ArrayList<@Nullable Object>(Arrays.asList(code.text(), id, user, device, Buffer.buffer(nonce)));
        values.addAll(Arrays.asList(journal.entry(viewer, fact).hotValues()));
        values.add(viewer.communitiesAs(MemberStatus.SUSPENDED));
        values.add(viewer.communitiesAs(MemberStatus.BANNED));
        values.add(viewer.within());
        return new Attempt(
                viewer,
                code,
                values,
                Arrays.asList(code.text(), user, device, kind.name()),
                device == null || device.equals(known) ? null : devices.setting(device));
    }

    private Uni<@Nullable CheckInAnswer> run(
            SqlClient client,
            Statement statement,
            Attempt attempt,
            Function<FoundCheckIn, @Nullable CheckInAnswer> otherwise) {
        return statement
                .run(client, attempt.values().toArray())
                .chain(rows -> rows.size() == 0
                        ? look(client, attempt).map(otherwise)
                        : Uni.createFrom().item(made(rows.iterator().next(), attempt)));
    }

    private static CheckInAnswer made(Row row, Attempt attempt) {
        return new CheckInAnswer(CheckInView.made(row), attempt.cookie());
    }

    private Uni<FoundCheckIn> look(SqlClient client, Attempt attempt) {
        return LOOK.run(client, attempt.question().toArray()).chain(rows -> {
            if (rows.size() == 0) return refused(client, attempt);
            Row row = rows.iterator().next();
            requireUnbarred(attempt.viewer(), row);
            return Uni.createFrom().item(FoundCheckIn.of(row));
        });
    }

    private static Uni<FoundCheckIn> refused(SqlClient client, Attempt attempt) {
        return RetiredCode.refusal(client, attempt.viewer(), attempt.code())
                .chain(problem -> Uni.createFrom().failure(problem));
    }

    /** Strangers may check in with a code; whom the community has barred, and who comes to a suspended one, may not. */
    private static void requireUnbarred(Viewer viewer, Row row) {
        UUID community = row.getUUID("community_id");
        UUID within = viewer.within();
        Member member = viewer.in(community);
        boolean hidden = row.getBoolean("frozen")
                ? !member.mayRead()
                : row.getBoolean("private") && member.status == MemberStatus.BANNED;
        if (hidden || (within != null && !within.equals(community))) throw Event.unknownCode();
        if (member.mayRead()) member.requireUnbarred();
    }

    /**
     * @param viewer who attempts it
     * @param values of the statement that checks in
     * @param question of the one that reads why it did not
     */
    private record Attempt(
            Viewer viewer,
            EventCode code,
            List<@Nullable Object> values,
            List<@Nullable Object> question,
            @Nullable String cookie) {}
}
