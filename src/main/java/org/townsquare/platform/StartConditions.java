package org.townsquare.platform;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * What has to be in order before the service starts, beside its secrets and its schema: a database that keeps what it has acknowledged, a role that can do
 * no more than serve, an encrypted way to it, an address with https. In a trial each is a warning.
 */
public final class StartConditions {
    private static final Logger LOG = Logger.getLogger(StartConditions.class);
    private static final Statement OF_THE_DATABASE = Statement.of(StartConditions.class, "start-conditions.sql");
    private static final int OLDEST = 17;

    private static final String PUBLIC_URL = "townsquare.public-url";
    private static final String SSL_MODE = "quarkus.datasource.reactive.postgresql.ssl-mode";
    private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
    private static final List<String> TRUST = List.of(
            "quarkus.datasource.reactive.trust-certificate-pem",
            "quarkus.datasource.reactive.trust-certificate-jks",
            "quarkus.datasource.reactive.trust-certificate-pfx");

    private StartConditions() {}

    /** A line for each that is not met. */
    public static List<String> unmet(DatabaseSettings database, Connection connection) throws SQLException {
        var unmet = new ArrayList<String>();
        if (!Trial.isOne()) unmet.addAll(ofTheConfiguration(DatabaseSettings.config()));
        // the server that comes along has one user alone, and nobody else reaches it
        if (!database.isEmbedded()) unmet.addAll(ofTheDatabase(connection));
        return unmet;
    }

    /** Refuses with what is not met. */
    public static void require(List<String> unmet) {
        if (unmet.isEmpty()) return;
        if (!Trial.isOne()) throw new StartRefused(String.join("\n", unmet));
        unmet.forEach(LOG::warn);
    }

    static List<String> ofTheConfiguration(Config config) {
        var unmet = new ArrayList<String>();
        Optional<String> url = config.getOptionalValue(PUBLIC_URL, String.class);
        if (url.isEmpty() || !isHttps(url.get()))
            unmet.add(
                    "Townsquare needs the address that people reach it at: set %s to one with https, such as https://town.example, not %s."
                            .formatted(variable(PUBLIC_URL), url.orElse("nothing")));
        String mode = config.getOptionalValue(SSL_MODE, String.class)
                .orElse("verify-full")
                .toLowerCase(Locale.ROOT);
        if (mode.startsWith("verify")) {
            if (TRUST.stream()
                    .noneMatch(
                            key -> config.getOptionalValue(key, Boolean.class).orElse(false)))
                unmet.add(
                        "Townsquare verifies its database: set %s to true and %s to the certificate of its authority, or %s to disable where nobody else reaches the network."
                                .formatted(
                                        variable(TRUST.get(0)), variable(TRUST.get(0) + ".certs"), variable(SSL_MODE)));
            if (!config.getOptionalValue(JDBC_URL, String.class).orElse("").contains("sslmode=verify-"))
                unmet.add(
                        "Townsquare verifies its database by every way that it takes: add sslmode=verify-full and sslrootcert to %s."
                                .formatted(variable(JDBC_URL)));
        } else if (!mode.equals("disable"))
            unmet.add(
                    "Townsquare encrypts the way to its database for certain or not at all: set %s to verify-full, or to disable where nobody else reaches the network, not %s."
                            .formatted(variable(SSL_MODE), mode));
        return unmet;
    }

    private static boolean isHttps(String url) {
        try {
            return "https".equalsIgnoreCase(URI.create(url).getScheme());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static List<String> ofTheDatabase(Connection connection) throws SQLException {
        var unmet = new ArrayList<String>();
        try (var query = connection.createStatement();
                var found = query.executeQuery(OF_THE_DATABASE.sql())) {
            found.next();
            if (found.getInt("version") / 10_000 < OLDEST)
                unmet.add("The database is PostgreSQL %d: Townsquare needs %d or newer."
                        .formatted(found.getInt("version") / 10_000, OLDEST));
            for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit"))
                if ("off".equals(found.getString(setting)))
                    unmet.add("The database may lose what it has acknowledged: set %s of PostgreSQL to on."
                            .formatted(setting));
            if (found.getBoolean("superuser"))
                unmet.add(
                        "The role %s is a superuser of the database: set %s to one that only serves, such as townsquare_app."
                                .formatted(
                                        found.getString("role"), DatabaseSettings.variable(DatabaseSettings.USERNAME)));
            else if (found.getBoolean("owner"))
                unmet.add("The role %s owns the schema: set %s to one that only serves, such as townsquare_app."
                        .formatted(found.getString("role"), DatabaseSettings.variable(DatabaseSettings.USERNAME)));
        }
        return unmet;
    }

    private static String variable(String key) {
        return DatabaseSettings.variable(key);
    }
}
