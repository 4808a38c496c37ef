package org.townsquare.communities;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.townsquare.identity.Role;

/** The settings of a community. */
record SettingsView(Map<String, Set<Role>> narrow, AuditReaders auditReaders) {
    static SettingsView of(Community community) {
        CommunitySettings settings = community.settings();
        var narrow = new TreeMap<String, Set<Role>>();
        settings.narrow().forEach((permission, roles) -> narrow.put(permission.text(), new TreeSet<>(roles)));
        return new SettingsView(narrow, settings.auditReaders());
    }
}
