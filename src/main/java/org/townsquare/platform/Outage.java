package org.townsquare.platform;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;

/** Tells a database that is away from a defect of ours. */
public final class Outage {
    private Outage() {}

    /** A connection is gone; not what we read or write beside it. */
    public static boolean isOfTheConnection(Throwable e) {
        return e instanceof SocketException
                || e instanceof ClosedChannelException
                || e instanceof ClosedConnectionException
                || e instanceof VertxException
                || (e instanceof IOException && e.getClass().getName().startsWith("io.netty."))
                // the client has no type of its own for "Connection is not active now" and for the "Timeout" of its
                // queue
                || (e instanceof NoStackTraceThrowable
                        && (String.valueOf(e.getMessage()).startsWith("Connection")
                                || "Timeout".equals(e.getMessage())));
    }

    /** Whether a statement was lost on its way, so that nobody knows whether it was carried out; not where none was sent, or the server refused it. */
    public static boolean leavesDoubt(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || "Timeout".equals(cause.getMessage())) return false;
            // the operator ends a connection also when its commit has just been done
            if (cause instanceof PgException refused)
                return String.valueOf(refused.getSqlState()).startsWith("57P");
            if (isOfTheConnection(cause)) return true;
        }
        return false;
    }

    /** SQLSTATE 55P03 (a lock was not got in time) and the classes 08 connection, 25P timeouts of a transaction, 40 rollback, 53 resources, 57 operator. */
    public static boolean isOfTheServer(String sqlState) {
        return sqlState.equals("55P03")
                || sqlState.startsWith("08")
                || sqlState.startsWith("25P")
                || sqlState.startsWith("40")
                || sqlState.startsWith("53")
                || sqlState.startsWith("57");
    }
}
