package org.townsquare.platform;

import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import org.hibernate.JDBCException;

/** Tells a database that is away from a defect of ours. */
public final class Outage {
    private Outage() {}

    /** A connection is gone; not what we read or write beside it. */
    public static boolean isOfTheConnection(Throwable e) {
        return e instanceof SocketException
                || e instanceof UnknownHostException
                || e instanceof ClosedChannelException
                || e instanceof ClosedConnectionException
                || e instanceof VertxException
                || (e instanceof IOException && e.getClass().getName().startsWith("io.netty."))
                || isOfAChannel(e)
                // the client has no type of its own for "Connection is not active now" and for the "Timeout" of its
                // queue
                || (e instanceof NoStackTraceThrowable
                        && (String.valueOf(e.getMessage()).startsWith("Connection")
                                || "Timeout".equals(e.getMessage())));
    }

    /**
     * Where Java's own channels stand in for epoll, as in a native executable, most failed writes and some failed reads are a plain {@code IOException}: only
     * the stack tells of what. Its message is the system's, in any language.
     */
    private static boolean isOfAChannel(Throwable e) {
        return e.getClass() == IOException.class
                && Arrays.stream(e.getStackTrace())
                        .anyMatch(at -> at.getClassName().equals("sun.nio.ch.SocketChannelImpl"));
    }

    /** A request waited for a connection in vain, or was one too many to wait; nothing was sent to the database. */
    static boolean isOfTheQueue(Throwable e) {
        return e instanceof ConnectionPoolTooBusyException
                || (e instanceof NoStackTraceThrowable && "Timeout".equals(e.getMessage()))
                || (e instanceof VertxException && "Timeout waiting for connection".equals(e.getMessage()));
    }

    /** SQLSTATE 40001 and 40P01: the database has chosen this transaction to give way, and it may be done again. */
    static boolean isOfTheRace(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String state = cause instanceof PgException refused
                    ? refused.getSqlState()
                    : cause instanceof JDBCException refused ? refused.getSQLState() : null;
            if (state != null && isOfTheRace(state)) return true;
        }
        return false;
    }

    static boolean isOfTheRace(String sqlState) {
        return sqlState.equals("40001") || sqlState.equals("40P01");
    }

    /** Whether a statement was lost on its way, so that nobody knows whether it was carried out; not where none was sent, or the server refused it. */
    public static boolean leavesDoubt(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException || isOfTheQueue(cause))
                return false;
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
