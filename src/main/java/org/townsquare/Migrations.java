package org.townsquare;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.NullMarked;
import org.townsquare.platform.Change;
import org.townsquare.platform.Changes;
import org.townsquare.platform.DatabaseSettings;
import org.townsquare.platform.Secrets;
import org.townsquare.platform.SecureBytes;
import org.townsquare.platform.StartRefused;

/** The argument {@code migrate}: brings the schema up to date, says what is missing, or takes changes back. */
@NullMarked
final class Migrations {
    private static final String PARAMETERS = "quarkus.liquibase.change-log-parameters.";
    private static final int PEPPER_BYTES = 32;

    private Migrations() {}

    /**
     * By Quarkus, because Liquibase runs in a native executable only inside it; what it has made, Hibernate validates. Nothing else of the service runs
     * meanwhile, so whoever migrates needs none of its secrets: one that is asked for is drawn.
     */
    static void apply(DatabaseSettings database) {
        System.out.println(Changes.missingIn(database).size() + " changes to apply.");
        Map.of(
                        "quarkus.liquibase.migrate-at-start",
                        "true",
                        "quarkus.http.host-enabled",
                        "false",
                        "quarkus.management.host-enabled",
                        "false",
                        "quarkus.shutdown.delay",
                        "0s",
                        "quarkus.scheduler.enabled",
                        "false",
                        "townsquare.followers.enabled",
                        "false",
                        "quarkus.hibernate-orm.schema-management.strategy",
                        "validate",
                        Secrets.PEPPER,
                        Base64.getEncoder().encodeToString(SecureBytes.next(PEPPER_BYTES)))
                .forEach(System::setProperty);
        Quarkus.run(Applied.class);
    }

    /** For roles that were made since, and for what the changes have added. */
    private static void grant(DatabaseSettings database) {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("select grant_to_roles()");
        } catch (SQLException e) {
            throw new StartRefused("The roles of the database were not given their rights: " + e.getMessage(), e);
        }
    }

    /** Ends the service that has just migrated. */
    @RegisterForReflection
    public static class Applied implements QuarkusApplication {
        @Override
        public int run(String... args) {
            grant(DatabaseSettings.configured().orElseThrow());
            System.out.println("The schema is up to date.");
            return 0;
        }
    }

    static void list(DatabaseSettings database) {
        List<Change> missing = Changes.missingIn(database);
        System.out.println(missing.isEmpty() ? "No changes are pending." : missing.size() + " changes are pending:");
        missing.forEach(change -> System.out.println("  " + change.id() + " (" + change.file() + ")"));
    }

    /** Takes the last {@code count} changes back, by each change's own rollback. The next start in dev or trial applies them again. */
    static void undo(DatabaseSettings database, int count) {
        int before = Changes.missingIn(database).size();
        try (Connection connection = database.connect();
                Liquibase liquibase = liquibase(connection)) {
            liquibase.rollback(count, "", new Contexts(), new LabelExpression());
        } catch (SQLException | LiquibaseException e) {
            throw new StartRefused("The changes were not taken back: " + e.getMessage(), e);
        }
        System.out.println((Changes.missingIn(database).size() - before) + " changes were taken back.");
    }

    static Liquibase liquibase(Connection connection) throws LiquibaseException {
        var liquibase = new Liquibase(
                Changes.CHANGELOG,
                new ClassLoaderResourceAccessor(Thread.currentThread().getContextClassLoader()),
                DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection)));
        var config = ConfigProvider.getConfig();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(PARAMETERS))
                liquibase
                        .getChangeLogParameters()
                        .set(
                                name.substring(PARAMETERS.length()).replace("\"", ""),
                                config.getValue(name, String.class));
        }
        return liquibase;
    }
}
