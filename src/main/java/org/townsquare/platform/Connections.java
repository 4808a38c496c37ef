package org.townsquare.platform;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Utils;
import io.vertx.sqlclient.spi.ConnectionFactory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Opens every connection to the database: those of the pool that requests share, those of the pool for reports, which are few, read only, and may take
 * long, and the one by which {@link DatabaseWatch} asks.
 *
 * <p>They keep every statement prepared. By itself the client keeps those below 2,048 characters; a longer one, such as a hot statement, would be sent,
 * parsed and planned anew at every call. And none waits for ever, see {@link Lines}.
 */
@Singleton
class Connections implements PgPoolCreator {
    /** As metrics name the pool of requests. */
    static final String POOL = "townsquare";

    /** For the server to say that a connection is open, the attempts to reach it included. */
    private static final int HANDSHAKE_SECONDS = 3;

    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final DatabaseConfig config;
    private final RequestConfig requests;
    private final Lines lines;
    private volatile ConnectionFactory factory;
    private volatile Pool reports;

    @SuppressWarnings("NullAway.Init") // the pool is the first bean that is asked for
    Connections(
            DatabaseConfig config,
            RequestConfig requests,
            @ConfigProperty(name = "quarkus.datasource.reactive.additional-properties.\"statement_timeout\"")
                    int statementTimeout) {
        this.config = config;
        this.requests = requests;
        this.lines = new Lines(
                Duration.ofMillis(statementTimeout).plus(MARGIN),
                longest(requests).plus(MARGIN));
    }

    private static Duration longest(RequestConfig requests) {
        return requests.exportDeadline().compareTo(TimeLimit.LONG) > 0 ? requests.exportDeadline() : TimeLimit.LONG;
    }

    @Override
    public Pool create(Input input) {
        List<PgConnectOptions> served = input.pgConnectOptionsList();
        served.forEach(Connections::hurry);
        factory = PgDriver.INSTANCE.createConnectionFactory(input.vertx(), Utils.roundRobinSupplier(served));
        reports = reports(input);
        return pool(input, input.poolOptions().setName(POOL), served)
                .connectionProvider(context -> open(factory, context));
    }

    private Pool reports(Input input) {
        List<PgConnectOptions> apart =
                input.pgConnectOptionsList().stream().map(this::forReports).toList();
        ConnectionFactory own =
                PgDriver.INSTANCE.createConnectionFactory(input.vertx(), Utils.roundRobinSupplier(apart));
        var options = new PoolOptions(input.poolOptions()).setName("reports").setMaxSize(requests.exportsAtOnce());
        return pool(input, options, apart).connectionProvider(context -> open(own, context));
    }

    private PgConnectOptions forReports(PgConnectOptions options) {
        Map<String, String> properties = new HashMap<>(options.getProperties());
        properties.put("default_transaction_read_only", "on");
        properties.put("statement_timeout", String.valueOf(longest(requests).toMillis()));
        properties.computeIfPresent("application_name", (key, name) -> name + "-reports");
        return new PgConnectOptions(options).setProperties(properties).setPreparedStatementCacheSqlFilter(sql -> true);
    }

    private Pool pool(Input input, PoolOptions options, List<PgConnectOptions> connections) {
        return PgBuilder.pool()
                .with(options.setMaxWaitQueueSize(config.pool().queue())
                        .setConnectionTimeout((int) config.pool().acquire().toMillis())
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .connectingTo(List.<SqlConnectOptions>copyOf(connections))
                .using(input.vertx())
                .build();
    }

    /** A server that takes a connection and then says nothing is given up, which the client by itself never does. */
    private static void hurry(PgConnectOptions options) {
        options.setPreparedStatementCacheSqlFilter(sql -> true);
        options.setReadIdleTimeout(HANDSHAKE_SECONDS).setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    private Future<SqlConnection> open(ConnectionFactory factory, Context context) {
        Future<SqlConnection> opening = factory.connect(context).map(lines::watched);
        return opening.timeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS).onFailure(e -> {
            // it may be opened after all
            var unused = opening.onSuccess(Lines::cut);
        });
    }

    /** One that belongs to no pool. */
    Future<SqlConnection> open(Context context) {
        return open(factory, context);
    }

    /** The pool for what takes long. */
    Pool reports() {
        return reports;
    }

    Lines lines() {
        return lines;
    }
}
