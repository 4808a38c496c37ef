package org.townsquare.platform;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** The schema has the changes of the release, or there would be nobody to ask, and the database has answered. */
@Startup
@ApplicationScoped
class StartedHealth implements HealthCheck {
    private final DatabaseState database;

    StartedHealth(DatabaseState database) {
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("started").status(database.wasHere()).build();
    }
}
