package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** That the configured account was made PLATFORM_ADMIN: it is not made so again, also when it loses the role. */
@Entity
@Table(name = "first_admin")
public class FirstAdmin extends PanacheEntityBase {
    @Id
    public int id = 1;

    public UUID userId;
    public Instant madeAt;

    FirstAdmin() {}

    static Uni<Boolean> exists() {
        return count().map(rows -> rows > 0);
    }

    static FirstAdmin of(User user, Instant now) {
        FirstAdmin first = new FirstAdmin();
        first.userId = user.id;
        first.madeAt = now;
        return first;
    }
}
