package org.townsquare.identity;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A permission as it stands in the table of rights. */
record PermissionView(
        @Schema(description = "As API keys name it among their scopes.", examples = "proposal:draft")
        String name,

        @Schema(description = "The roles of a community that give it. Every member is a CITIZEN.")
        Set<Role> roles,

        @Schema(description = "What holds for it beside the roles.")
        Set<Permission.Mark> marks,

        @Schema(description = "Whether an API key can have it as a scope.")
        boolean forKeys) {
    static PermissionView of(Permission permission) {
        return new PermissionView(
                permission.text(),
                new TreeSet<>(permission.roles()),
                new TreeSet<>(permission.marks()),
                permission.isForKeys());
    }

    static List<PermissionView> all() {
        return List.of(Permission.values()).stream().map(PermissionView::of).toList();
    }
}
