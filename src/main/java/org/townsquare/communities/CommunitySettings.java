package org.townsquare.communities;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Permission;
import org.townsquare.identity.Role;
import org.townsquare.platform.Problem.Unprocessable;

/**
 * What a community decides about itself.
 *
 * @param narrow the permissions that fewer roles have here than {@link Permission} gives them, with these roles
 */
public record CommunitySettings(Map<Permission, Set<Role>> narrow, AuditReaders auditReaders) {
    private static final String NARROW = "narrow";
    private static final String AUDIT_READERS = "auditReaders";

    /** Problems: {@code narrow-not-allowed}. */
    static CommunitySettings of(ChangeSettings in) {
        var narrow = new EnumMap<Permission, Set<Role>>(Permission.class);
        Map<String, Set<Role>> asked = in.narrow();
        if (asked != null)
            asked.forEach((name, roles) -> {
                Permission permission = Permission.named(name)
                        .filter(it -> it.narrowsTo(roles))
                        .orElseThrow(
                                () -> new Unprocessable(
                                        "narrow-not-allowed",
                                        "Only a permission that is marked n can be narrowed, to one or more of the roles that give it."));
                narrow.put(permission, EnumSet.copyOf(roles));
            });
        return new CommunitySettings(narrow, in.auditReaders() == null ? AuditReaders.MEMBERS : in.auditReaders());
    }

    /** What a later release wrote and this one does not know counts as not set. */
    static CommunitySettings of(JsonObject stored) {
        var narrow = new EnumMap<Permission, Set<Role>>(Permission.class);
        JsonObject narrowed = stored.getJsonObject(NARROW, new JsonObject());
        for (String name : narrowed.fieldNames())
            Permission.named(name).ifPresent(permission -> narrow.put(permission, roles(narrowed.getJsonArray(name))));
        return new CommunitySettings(narrow, readers(stored.getString(AUDIT_READERS)));
    }

    private static Set<Role> roles(JsonArray stored) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        for (Object role : stored) roles.add(Role.valueOf((String) role));
        return roles;
    }

    private static AuditReaders readers(@Nullable String stored) {
        return stored == null ? AuditReaders.MEMBERS : AuditReaders.valueOf(stored);
    }

    JsonObject json() {
        var narrowed = new JsonObject();
        narrow.forEach((permission, roles) -> narrowed.put(
                permission.text(), new JsonArray(roles.stream().map(Role::name).toList())));
        return new JsonObject().put(NARROW, narrowed).put(AUDIT_READERS, auditReaders.name());
    }
}
