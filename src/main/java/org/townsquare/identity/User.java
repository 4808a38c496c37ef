package org.townsquare.identity;

import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Problem.NotFound;

/** A person with an account on this installation. */
@Entity
@Table(name = "users")
public class User extends ActiveRecord {
    public String name;
    public String email;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Enumerated(EnumType.STRING)
    public PlatformRole[] platformRoles = new PlatformRole[0];

    @Enumerated(EnumType.STRING)
    public UserStatus status;

    User() {}

    /** The user behind a request. */
    static Uni<User> signedIn(UUID userId) {
        return User.<User>findById(userId).onItem().ifNull().failWith(NotFound::new);
    }

    /** For a view that shows a person whom the viewer may see already. */
    static Uni<String> nameOf(UUID userId) {
        return User.find("select u.name from User u where u.id = ?1", userId)
                .project(String.class)
                .firstResult();
    }

    /** For a view that shows persons whom the viewer may see already. */
    static Uni<List<User>> of(Collection<UUID> userIds) {
        return User.<User>find("id in ?1", userIds).list();
    }

    static User signUp(SignUp in) {
        User user = new User();
        user.name = in.name().strip();
        user.email = in.email();
        user.status = UserStatus.ACTIVE;
        return user;
    }

    UserSignedUp signedUp() {
        return new UserSignedUp(id);
    }
}
