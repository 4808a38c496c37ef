package org.townsquare.town;

/** Somebody who looks after the installation. */
public final class Admin {
    private Admin() {}

    public static Person named(String name) {
        return promoted(Person.named(name));
    }

    /** The role as from a statement beside the service: the session goes on. */
    public static Person promoted(Person person) {
        Database.update("update users set platform_roles = '{PLATFORM_ADMIN}' where id = ?::uuid", person.id());
        return person;
    }
}
