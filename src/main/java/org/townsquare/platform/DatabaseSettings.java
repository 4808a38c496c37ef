package org.townsquare.platform;

import io.quarkus.runtime.ImageMode;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * The database as it is configured, asked before Quarkus starts. Hibernate takes the reactive URL, Liquibase and the checks at start take the other;
 * neither is derived from the other, because their parameters differ.
 */
public record DatabaseSettings(
        String jdbcUrl, @Nullable String username, @Nullable String password) {
    private static final String REACTIVE_URL = "quarkus.datasource.reactive.url";
    private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
    static final String USERNAME = "quarkus.datasource.username";
    private static final String EMBEDDED = "postgres";
    private static final String PASSWORD = "quarkus.datasource.password";

    /** Null in the image that is made of a build, whatever ran there. */
    private static volatile @Nullable Config afresh;

    /** Something that the database is asked. */
    @FunctionalInterface
    public interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    /** Empty when no URL is set. Refuses when one of the two is. */
    public static Optional<DatabaseSettings> configured() {
        Config config = config();
        Optional<String> jdbc = config.getOptionalValue(JDBC_URL, String.class);
        Optional<String> reactive = config.getOptionalValue(REACTIVE_URL, String.class);
        if (jdbc.isPresent() != reactive.isPresent())
            throw new StartRefused("Townsquare needs both URLs of its database: set %s as well as %s."
                    .formatted(
                            variable(jdbc.isPresent() ? REACTIVE_URL : JDBC_URL),
                            variable(jdbc.isPresent() ? JDBC_URL : REACTIVE_URL)));
        return jdbc.map(url -> new DatabaseSettings(
                url,
                config.getOptionalValue(USERNAME, String.class).orElse(null),
                config.getOptionalValue(PASSWORD, String.class).orElse(null)));
    }

    /** In a native executable the configuration before Quarkus runs is still that of its build, so that is read afresh, once. */
    public static Config config() {
        if (ImageMode.current() != ImageMode.NATIVE_RUN) return ConfigProvider.getConfig();
        Config read = afresh;
        if (read == null)
            afresh = read = new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .addDefaultSources()
                    .build();
        return read;
    }

    /** The refusal of a package that has no PostgreSQL of its own. */
    static StartRefused missing() {
        return new StartRefused("Townsquare needs a database: set %s, %s, %s and %s."
                .formatted(variable(REACTIVE_URL), variable(JDBC_URL), variable(USERNAME), variable(PASSWORD)));
    }

    /** As an environment names it. */
    static String variable(String key) {
        return key.replaceAll("[.\\-]", "_").toUpperCase(Locale.ROOT);
    }

    /** A server of our own, which trusts whoever reaches it: it listens on this machine alone. */
    static DatabaseSettings embedded(int port) {
        return new DatabaseSettings("jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port), EMBEDDED, "postgres");
    }

    /** Whether it is one that comes along. */
    boolean isEmbedded() {
        return EMBEDDED.equals(username) && "postgres".equals(password) && EmbeddedPostgres.isPackaged();
    }

    /** Makes it known to Quarkus, by system properties, which survive a live reload. */
    void publish() {
        System.setProperty(JDBC_URL, jdbcUrl);
        System.setProperty(REACTIVE_URL, jdbcUrl.substring("jdbc:".length()));
        if (username != null) System.setProperty(USERNAME, username);
        if (password != null) System.setProperty(PASSWORD, password);
    }

    /** Without {@code DriverManager}, which finds no driver before Quarkus has set the class loaders up. */
    public Connection connect() throws SQLException {
        var properties = new Properties();
        if (username != null) properties.setProperty("user", username);
        if (password != null) properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "townsquare-start");
        Connection connection = driver().connect(jdbcUrl, properties);
        if (connection == null)
            throw new StartRefused("%s must begin with jdbc:postgresql:.".formatted(variable(JDBC_URL)));
        return connection;
    }

    /** Asks by a connection that is closed afterwards. Refuses to start where it cannot. */
    public <T> T ask(Question<T> question) {
        try (Connection connection = connect()) {
            return question.ask(connection);
        } catch (SQLException e) {
            throw new StartRefused(
                    "The database %s cannot be used: %s."
                            .formatted(
                                    place(),
                                    String.valueOf(e.getMessage())
                                            .replaceAll("\\s+", " ")
                                            .replaceFirst("\\.( .*)?$", "")),
                    e);
        }
    }

    private static Driver driver() {
        try {
            return Class.forName("org.postgresql.Driver")
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a message: without parameters, which may hold a password. */
    private String place() {
        return jdbcUrl.replaceFirst("\\?.*", "");
    }
}
