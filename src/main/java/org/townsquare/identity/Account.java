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

    /** Who signs in with this e-mail and a password; null when nobody does, or the user is disabled. */
    static Uni<@Nullable Account> ofEmail(String email) {
        return Account.find(
                        "from Account a join User u on u.id = a.userId where a.provider = ?1 and lower(u.email) = lower(?2) and u.status = ?3",
                        PASSWORD,
                        email,
                        UserStatus.ACTIVE)
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
}
