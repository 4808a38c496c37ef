package org.townsquare.events;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
import org.townsquare.platform.Batched;
import org.townsquare.platform.Batching;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Ids;
import org.townsquare.platform.Problem.TooMany;
import org.townsquare.platform.Statement;

/**
 * The act that makes an attendance: one statement on its own connection, for itself or in a {@link Batched batch}, which judges the time,
 * takes a place where they are counted, and appends its journal entry. Where it makes no row a second statement reads why, since the first one looks at a snapshot in which the winner of a race
 * is missing.
 */
@ApplicationScoped
public class CheckIn {
    private static final Statement PROMPT = Statement.of(CheckIn.class, "check-in.sql");
    private static final Statement TOGETHER = Statement.of(CheckIn.class, "check-ins.sql");

    /** Waits for places that others hold at this moment: they may give them back. */
    private static final Statement PATIENT = new Statement(PROMPT.sql().replace(" skip locked", ""));

    private static final Statement LOOK = Statement.of(CheckIn.class, "look.sql");
    private static final Digest UNKNOWN_YET = Digest.of(new byte[32]);

    private final Pool pool;
    private final Batched<Optional<Row>> prompt;
    private final Journal journal;
    private final RandomGenerator random;
    private final DeviceCookie devices;
    private final Guesses guesses;
    private final CheckInLimits limits;
    private final CheckInRefusals refusals;

    CheckIn(
            Pool pool,
            Batching batching,
            Journal journal,
            RandomGenerator random,
            DeviceCookie devices,
            Guesses guesses,
            CheckInLimits limits,
            CheckInRefusals refusals) {
        this.pool = pool;
        prompt = batching.writing(
                "check-in",
                PROMPT,
                TOGETHER,
                List.of(),
                String.class,
                UUID.class,
                UUID.class,
                String.class,
                Buffer.class,
                UUID.class,
                Integer.class,
                OffsetDateTime.class,
                UUID.class,
                String.class,
                String.class,
                String.class,
                String.class,
                Buffer.class,
                UUID[].class,
                UUID[].class,
                UUID.class,
                UUID[].class,
                UUID.class);
        this.journal = journal;
        this.random = random;
        this.devices = devices;
        this.guesses = guesses;
        this.limits = limits;
        this.refusals = refusals;
    }

    /**
     * Checks the viewer in to the event with this code: a user by name, anybody else by the device's cookie. A repeat finds what is there. Problems:
     * {@code code-malformed}, {@code code-unknown}, {@code code-replaced}, {@code sign-in-required}, {@code members-only}, {@code check-in-not-open-yet}, {@code
     * check-in-closed}, {@code event-full}, {@code check-in-voided}, {@code event-cancelled}, {@code idempotency-mismatch}, {@code
     * membership-suspended}, {@code community-suspended}, {@code too-many-tries}, {@code rate-limited}, {@code busy}.
     *
     * @param code as it was typed
     */
    public Uni<CheckInAnswer> with(Viewer viewer, String code) {
        return attempted(viewer, code, null, parsed -> uncounted(viewer, parsed, null));
    }

    /**
     * Bounds attempts, counts wrong codes and notes what the event refuses, each by a connection of its own: so whoever calls this holds none.
     *
     * @param typed the code, as it was typed
     */
    <T> Uni<T> attempted(Viewer viewer, String typed, @Nullable UUID clientId, Function<EventCode, Uni<T>> attempt) {
        EventCode code = EventCode.parse(typed);
        return counted(viewer, () -> {
            limits.requireRoom(code);
            return refusals.noted(code, clientId, attempt.apply(code));
        });
    }

    /** Checks in by itself. */
    Uni<CheckInAnswer> uncounted(Viewer viewer, EventCode code, @Nullable UUID clientId) {
        return on(pool, viewer, code, clientId, true);
    }

    /** The same in a transaction that keeps the answer under the key of the request: a repeat is known by it, so no device is given a cookie. */
    Uni<CheckInAnswer> uncounted(SqlConnection transaction, Viewer viewer, EventCode code, @Nullable UUID clientId) {
        return on(transaction, viewer, code, clientId, false);
    }

    /** Counts wrong codes, by a connection of its own: so whoever calls this holds none. Problems: {@code too-many-tries}. */
    public <T> Uni<T> counted(Viewer viewer, Supplier<Uni<T>> attempt) {
        return guesses.counted(viewer, "code-unknown", attempt);
    }

    private Uni<CheckInAnswer> on(
            SqlClient client, Viewer viewer, EventCode code, @Nullable UUID clientId, boolean drawsDevice) {
        Attempt attempt = attempt(viewer, code, clientId, drawsDevice);
        TooMany tooMany = limits.refusal(attempt.who());
        if (tooMany != null) return look(client, attempt).map(found -> found.judgeRepeatOr(tooMany));
        return run(client, prompt(client, attempt), attempt, FoundCheckIn::judge)
                .chain(answer -> answer == null
                        ? run(client, alone(client, PATIENT, attempt), attempt, FoundCheckIn::judgeAtLast)
                        : Uni.createFrom().item(answer))
                .invoke(answer -> {
                    if (answer.isNew()) limits.count(attempt.who());
                });
    }

    private Attempt attempt(Viewer viewer, EventCode code, @Nullable UUID clientId, boolean drawsDevice) {
        UUID id = Ids.next();
        UUID user = viewer.actorId();
        String known = user == null ? devices.sent() : null;
        String device = user == null && known == null && drawsDevice ? devices.draw() : known;
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        AttendanceKind kind = user == null ? AttendanceKind.ANONYMOUS : AttendanceKind.REGISTERED;
        var fact = new CheckedIn(
                Entry.placeholder(1), id, Entry.placeholder(2), kind, CheckInSource.SELF, UNKNOWN_YET, null, null);
        var values =
                new ArrayList<@Nullable Object>(Arrays.asList(code.text(), id, user, device, Buffer.buffer(nonce)));
        values.addAll(Arrays.asList(journal.entry(viewer, fact).hotValues()));
        values.add(viewer.communitiesAs(MemberStatus.SUSPENDED));
        values.add(viewer.communitiesAs(MemberStatus.BANNED));
        values.add(viewer.within());
        values.add(viewer.communitiesAs(MemberStatus.ACTIVE));
        values.add(clientId);
        return new Attempt(
                viewer,
                code,
                clientId,
                user == null ? known : user.toString(),
                values,
                Arrays.asList(code.text(), user, device, kind.name(), clientId),
                device == null || device.equals(known) ? null : devices.setting(device));
    }

    /**
     * In a transaction of its own it is alone; else it may go with others. Not where the client names it, which is one more unique key: rows that are
     * written in the order of one key would wait for each other by the other.
     */
    private Uni<Optional<Row>> prompt(SqlClient client, Attempt attempt) {
        return client instanceof SqlConnection || attempt.clientId() != null
                ? alone(client, PROMPT, attempt)
                : prompt.ask(attempt.values().toArray());
    }

    private static Uni<Optional<Row>> alone(SqlClient client, Statement statement, Attempt attempt) {
        return statement
                .run(client, attempt.values().toArray())
                .map(rows -> rows.stream().findFirst());
    }

    private Uni<@Nullable CheckInAnswer> run(
            SqlClient client,
            Uni<Optional<Row>> statement,
            Attempt attempt,
            Function<FoundCheckIn, @Nullable CheckInAnswer> otherwise) {
        return statement.chain(row -> row.isEmpty()
                ? look(client, attempt).map(otherwise)
                : Uni.createFrom().item(made(row.get(), attempt)));
    }

    private static CheckInAnswer made(Row row, Attempt attempt) {
        CheckInView made = CheckInView.made(row);
        return row.getBoolean("again")
                ? new CheckInAnswer(made.again(true), null)
                : new CheckInAnswer(made, attempt.cookie());
    }

    private Uni<FoundCheckIn> look(SqlClient client, Attempt attempt) {
        return LOOK.run(client, attempt.question().toArray()).chain(rows -> {
            // what is hidden takes the way of what is not there, step by step
            if (rows.size() == 0 || isHidden(attempt.viewer(), rows.iterator().next())) return refused(client, attempt);
            Row row = rows.iterator().next();
            Member member = attempt.viewer().in(row.getUUID("community_id"));
            if (member.mayRead()) member.requireUnbarred();
            boolean signedIn = attempt.viewer().actorId() != null;
            return Uni.createFrom().item(FoundCheckIn.of(row, admission(row).refusal(signedIn, member)));
        });
    }

    private static Uni<FoundCheckIn> refused(SqlClient client, Attempt attempt) {
        return RetiredCode.refusal(client, attempt.viewer(), attempt.code())
                .chain(problem -> Uni.createFrom().failure(problem));
    }

    /**
     * Strangers may check in with a code, but whom the community has barred, and who comes to a suspended one. That there is an event for the members of
     * a PRIVATE community is not told to others.
     */
    private static boolean isHidden(Viewer viewer, Row row) {
        UUID community = row.getUUID("community_id");
        UUID within = viewer.within();
        if (within != null && !within.equals(community)) return true;
        Member member = viewer.in(community);
        if (member.mayRead()) return false;
        return row.getBoolean("frozen")
                || (row.getBoolean("private")
                        && (admission(row) == Admission.MEMBERS || member.status == MemberStatus.BANNED));
    }

    private static Admission admission(Row row) {
        return Admission.valueOf(row.getString("admission"));
    }

    /**
     * @param viewer who attempts it
     * @param who whose attempts are counted: the user, or the device; null for a device that is not known yet
     * @param values of the statement that checks in
     * @param question of the one that reads why it did not
     */
    private record Attempt(
            Viewer viewer,
            EventCode code,
            @Nullable UUID clientId,
            @Nullable String who,
            List<@Nullable Object> values,
            List<@Nullable Object> question,
            @Nullable String cookie) {}
}
