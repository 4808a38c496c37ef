package org.townsquare.governance;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Role;

/** One who may vote, as of the opening. */
record ElectorView(
        AuthorView user,
        int weight,
        List<Role> roles,

        @Schema(
                description = "By what they are an elector: the most particular thing that was asked.",
                enumeration = {"MEMBER", "ROLE", "PRESENCE", "ATTENDANCE"})
        String basis,

        @Schema(description = "How many of the latest events of the rule's group they attended.") @Nullable
        Short attended) {
    static ElectorView of(ElectorRow row) {
        Elector elector = row.elector();
        return new ElectorView(
                new AuthorView(elector.userId, row.name()),
                elector.weight,
                List.of(elector.roles),
                elector.basis,
                elector.attended);
    }
}
