package org.townsquare.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Who lives in the demo town. */
enum Cast {
    MAYOR("Mara Lind", "mara", "ADMIN", "founded the town"),
    ADA("Ada Moreau", "ada", "COUNCIL", "reviews what is proposed"),
    YUKI("Yuki Sato", "yuki", "ORGANIZER", "runs the events"),
    NOOR("Noor Haddad", "noor", "CITIZEN", "proposes and votes"),
    BEN("Ben Okafor", "ben", "CITIZEN", "proposes and votes");

    static final String PASSWORD = "river-mill-otter";

    private final String fullName;
    private final String account;
    private final String role;
    private final String doing;

    Cast(String fullName, String account, String role, String doing) {
        this.fullName = fullName;
        this.account = account;
        this.role = role;
        this.doing = doing;
    }

    String fullName() {
        return fullName;
    }

    String email() {
        return account + "@millbrook.example";
    }

    String what() {
        return role + ", " + doing;
    }

    /** The roles to give to this person, who has just joined. */
    JsonArray rolesFor(JsonObject membership) {
        return membership.getJsonArray("roles").copy().add(role);
    }
}
