package org.townsquare.platform;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import io.vertx.sqlclient.impl.command.CommandBase;
import io.vertx.sqlclient.impl.command.CommandResponse;
import io.vertx.sqlclient.impl.command.ExtendedQueryCommand;
import io.vertx.sqlclient.impl.command.TxCommand;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The open connections to the database. One on which a statement gets no answer is closed a little after the time that the server has for it
 * ({@code statement_timeout}): the server hangs, or something between us dropped the connection silently. The client would wait for ever, and with it the
 * request, its place in the pool and, were the server to come back, its transaction.
 */
final class Lines {
    private static final Logger LOG = Logger.getLogger(Lines.class);
    private static final long LOOK_MILLIS = 500;

    /** While the database is away. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    /** Both {@link TimeLimit} and {@link Snapshot} begin so. */
    private static final String EXTENDS = "select set_config('statement_timeout'";

    private final Duration usual;
    private final Duration extended;
    private final Set<Line> open = ConcurrentHashMap.newKeySet();
    private volatile boolean away;

    /**
     * @param usual how long a statement may take
     * @param extended the same in a transaction that has extended its limits
     */
    Lines(Duration usual, Duration extended) {
        this.usual = usual;
        this.extended = extended;
    }

    SqlConnection watched(SqlConnection connection) {
        ChannelPipeline pipeline = channel(connection).pipeline();
        // the limit of the handshake
        if (pipeline.get("idle") != null) pipeline.remove("idle");
        pipeline.addBefore("handler", "line", new Line());
        return connection;
    }

    static void cut(SqlConnection connection) {
        cut(channel(connection));
    }

    /**
     * Closes it without a word to the other side, which may not listen: by itself Vert.x says what is still to be said, and waits until it was taken, so
     * we begin in front of it.
     */
    static void cut(Channel channel) {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first != null) {
            var unused = first.close();
        }
    }

    private static Channel channel(SqlConnection connection) {
        var socket = ((SocketConnectionBase) ((SqlConnectionInternal) connection).unwrap()).socket();
        return socket.channelHandlerContext().channel();
    }

    /** The database does not answer: what is idle is closed, since it may be dead, and what waits has a second more. */
    void lost() {
        away = true;
        for (Line line : open) line.look();
    }

    void found() {
        away = false;
    }

    /** How many there are. */
    int count() {
        return open.size();
    }

    /** Everything but its construction runs on the event loop of its connection. */
    private final class Line extends ChannelDuplexHandler {
        private int unanswered;
        private long since;
        private boolean isExtended;

        /** Whether the transaction is on its end. */
        private boolean ends;

        private @Nullable ChannelHandlerContext context;

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            context = added;
            open.add(this);
            var looks =
                    added.executor().scheduleAtFixedRate(this::judge, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            var unused = added.channel().closeFuture().addListener(closed -> {
                looks.cancel(false);
                open.remove(this);
            });
        }

        @Override
        public void write(ChannelHandlerContext to, Object message, ChannelPromise written) {
            if (message instanceof CommandBase<?>) {
                if (unanswered++ == 0) since = System.nanoTime();
                if (message instanceof TxCommand<?> tx) ends = tx.kind != TxCommand.Kind.BEGIN;
                else if (message instanceof ExtendedQueryCommand<?> query
                        && query.sql().startsWith(EXTENDS)) isExtended = true;
            }
            var unused = to.write(message, written);
        }

        @Override
        public void channelRead(ChannelHandlerContext from, Object message) {
            if (message instanceof CommandResponse<?>) {
                unanswered--;
                since = System.nanoTime();
                // the last step of an extended transaction may take as long as it
                if (ends && unanswered == 0) isExtended = ends = false;
            }
            from.fireChannelRead(message);
        }

        void look() {
            ChannelHandlerContext here = context;
            if (here != null) here.executor().execute(this::judge);
        }

        private void judge() {
            Duration limit = away ? SHORT : isExtended ? extended : usual;
            boolean silent = unanswered > 0 ? System.nanoTime() - since > limit.toNanos() : away;
            ChannelHandlerContext here = context;
            if (silent && here != null) {
                if (unanswered > 0) LOG.warnf("the database does not answer: a connection is closed after %s", limit);
                cut(here.channel());
            }
        }
    }
}
