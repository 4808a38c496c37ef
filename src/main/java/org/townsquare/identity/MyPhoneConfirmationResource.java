package org.townsquare.identity;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.townsquare.journal.Journal;
import org.townsquare.platform.OncePerKey;
import org.townsquare.platform.OwnTransaction;
import org.townsquare.platform.Problem.Unprocessable;
import org.townsquare.platform.Repeats;
import org.townsquare.platform.Statement;

@Path("/api/v1/me/phone/confirmation")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
class MyPhoneConfirmationResource {
    private static final Statement TRY = Statement.of(MyPhoneConfirmationResource.class, "try-code.sql");

    private final Pool pool;
    private final Pepper pepper;
    private final Caller caller;
    private final Journal journal;
    private final Repeats repeats;
    private final Clock clock;

    MyPhoneConfirmationResource(
            Pool pool, Pepper pepper, Caller caller, Journal journal, Repeats repeats, Clock clock) {
        this.pool = pool;
        this.pepper = pepper;
        this.caller = caller;
        this.journal = journal;
        this.repeats = repeats;
        this.clock = clock;
    }

    /** Problems: {@code token-spent}, {@code code-invalid}, {@code too-many-tries}. */
    @POST
    @OncePerKey
    @OwnTransaction("a try counts whatever becomes of it")
    @Access(Permission.ACCOUNT_EDIT)
    @Operation(operationId = "confirmPhone", summary = "Prove a phone by the code that was sent there")
    @APIResponse(responseCode = "204", description = "It is yours")
    @APIResponse(responseCode = "410")
    @APIResponse(responseCode = "429")
    public Uni<Void> confirm(@Valid ConfirmPhone in) {
        SignedInUser user = caller.user();
        return TRY.run(pool, user.id())
                .map(rows -> {
                    if (rows.size() == 0) throw Verification.spent();
                    var open = rows.iterator().next();
                    if (open.getBoolean("spent")) throw Throttle.tooMany(Duration.ofMillis(open.getLong("wait")));
                    UUID id = open.getUUID("id");
                    if (!pepper.isCode(Verification.TABLE, id, in.code()))
                        throw new Unprocessable("code-invalid", "It is not the code that was sent last.");
                    return id;
                })
                .chain(id -> repeats.withTransaction(() -> User.heldInUse(user.id())
                        .chain(it -> Verification.spend(id, VerificationPurpose.PHONE)
                                .chain(proved -> journal.record(caller, it.confirmPhone(proved, clock.instant()))))));
    }
}
