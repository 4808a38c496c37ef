package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Problem.Gone;
import org.townsquare.platform.Statement;

/** An address that somebody is to prove. The token is not stored: {@link Pepper#token} derives it from the id. */
@Entity
@Table(name = "verification")
public class Verification extends ActiveRecord {
    static final String TABLE = "verification";
    private static final Statement SPEND = Statement.of(Verification.class, "spend.sql");

    public UUID userId;

    @Enumerated(EnumType.STRING)
    public VerificationPurpose purpose;

    /** The e-mail or phone that the token is sent to. */
    public String target;

    /** How often a code was tried. */
    public int tries;

    public Instant expiresAt;
    public @Nullable Instant usedAt;

    /** The e-mail that the user had before; the target has taken its place. */
    public @Nullable String former;

    Verification() {}

    /** The user whom a token names, held before the token is spent: whoever asks for another holds the user, too. Problems: {@code token-spent}. */
    static Uni<User> holdOwner(UUID id) {
        return Verification.find("select v.userId from Verification v where v.id = ?1", id)
                .project(UUID.class)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(Verification::spent)
                .chain(User::held);
    }

    /** Uses it up, if it may still be used: of two at once one does. The caller holds the user. Problems: {@code token-spent}. */
    static Uni<Verification> spend(UUID id, VerificationPurpose... purposes) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(SPEND.sql(), Verification.class)
                        .setParameter("id", id)
                        .setParameter(
                                "purposes",
                                Arrays.stream(purposes).map(Enum::name).toList())
                        .getSingleResultOrNull())
                .onItem()
                .ifNull()
                .failWith(Verification::spent);
    }

    /** What has not been used of this user's: a new one takes its place. */
    static Uni<Long> drop(UUID userId, VerificationPurpose purpose) {
        return delete("userId = ?1 and purpose = ?2 and usedAt is null", userId, purpose);
    }

    static Verification of(UUID userId, VerificationPurpose purpose, String target, Instant now) {
        Verification verification = new Verification();
        verification.userId = userId;
        verification.purpose = purpose;
        verification.target = target;
        verification.expiresAt = now.plus(purpose.lifetime);
        return verification;
    }

    /** Keeps the address that hears of the change, too. */
    void replaced(@Nullable String formerAddress) {
        former = formerAddress;
    }

    VerificationAsked asked() {
        return new VerificationAsked(userId, id, purpose);
    }

    static Gone spent() {
        return new Gone("token-spent", "This was used, has expired or was replaced by a newer one: ask for another.");
    }
}
