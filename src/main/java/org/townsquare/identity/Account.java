package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.ActiveRecord;

/** A way to sign in: a password, later also an identity provider. */
@Entity
@Table(name = "account")
public class Account extends ActiveRecord {
    static final String PASSWORD = "PASSWORD";

    public UUID userId;
    public String provider;
    public String subject;
    public @Nullable String passwordHash;

    Account() {}

    /** How this user signs in with a password; null for one who does not. */
    static Uni<@Nullable Account> ofUser(UUID userId) {
        return Account.<Account>find("userId = ?1 and provider = ?2", userId, PASSWORD)
                .firstResult();
    }

    static Account password(User user, String hash) {
        Account account = new Account();
        account.userId = user.id;
        account.provider = PASSWORD;
        account.subject = user.id.toString();
        account.passwordHash = hash;
        return account;
    }

    /** Whether the hash that a password was compared with still stands. */
    boolean stillHas(@Nullable String hash) {
        return passwordHash != null && passwordHash.equals(hash);
    }

    void setPassword(String hash) {
        passwordHash = hash;
    }
}
