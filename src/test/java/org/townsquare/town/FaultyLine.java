package org.townsquare.town;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Between the service and its database. Passes on what both say, until a test has it fail, in one of the ways in which networks do. */
public final class FaultyLine implements AutoCloseable {
    private final int port;
    private final int behind;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket open;
    private volatile boolean hanging;
    private volatile boolean dropping;
    private volatile Duration delay = Duration.ZERO;
    private volatile long left = Long.MAX_VALUE;
    private volatile long piece = Long.MAX_VALUE;

    private FaultyLine(int port, int behind) {
        this.port = port;
        this.behind = behind;
    }

    /** To the server that listens on this port of this machine. */
    public static FaultyLine to(int behind) throws IOException {
        var line = new FaultyLine(Packaged.freePort(), behind);
        line.listen();
        return line;
    }

    public int port() {
        return port;
    }

    /** How many connections there are. */
    public int calls() {
        return calls.size();
    }

    private synchronized void listen() throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        open = socket;
        threads.execute(() -> accept(socket));
    }

    private void accept(ServerSocket socket) {
        while (true) {
            try {
                var call = new Call(socket.accept());
                calls.add(call);
                threads.execute(call::connect);
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    /** Every connection is reset, and none is taken. */
    public synchronized void cut() throws IOException {
        if (open != null) open.close();
        open = null;
        calls.forEach(Call::reset);
    }

    /** Nothing passes any more; what is said meanwhile arrives when the line is whole again. */
    public void hang() {
        hanging = true;
    }

    /** Nothing passes any more, and what is said meanwhile is lost; connections of now are dead for good, and neither side is told. */
    public void drop() {
        dropping = true;
        calls.forEach(call -> call.dead = true);
    }

    /** Each piece comes later. */
    public void delay(Duration by) {
        delay = by;
    }

    /** When the server has said so many bytes more, on all connections together, the one on which it spoke is reset, again and again. */
    public void resetAfter(long bytes) {
        left = bytes;
        piece = bytes;
    }

    private synchronized boolean isSpent(int bytes) {
        if (left == Long.MAX_VALUE) return false;
        left -= bytes;
        if (left > 0) return false;
        left = piece;
        return true;
    }

    /** Whole again. */
    public synchronized void heal() throws IOException {
        hanging = false;
        dropping = false;
        delay = Duration.ZERO;
        left = Long.MAX_VALUE;
        if (open == null) listen();
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (open != null) open.close();
            open = null;
        }
        hanging = false;
        calls.forEach(Call::reset);
        threads.shutdownNow();
    }

    /** One connection. */
    private final class Call {
        private final Socket client;
        private volatile @Nullable Socket server;
        private volatile boolean dead;

        Call(Socket client) {
            this.client = client;
            this.dead = dropping;
        }

        void connect() {
            try {
                var socket = new Socket(InetAddress.getLoopbackAddress(), behind);
                server = socket;
                client.setTcpNoDelay(true);
                socket.setTcpNoDelay(true);
                threads.execute(() -> pass(client, socket, false));
                pass(socket, client, true);
            } catch (IOException | java.util.concurrent.RejectedExecutionException e) {
                reset();
            }
        }

        private void pass(Socket from, Socket to, boolean answers) {
            byte[] piece = new byte[16 * 1024];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                    if (!delay.isZero()) LockSupport.parkNanos(delay.toNanos());
                    while (hanging && !client.isClosed())
                        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                    if (dead) continue;
                    if (answers && isSpent(read)) {
                        reset();
                        return;
                    }
                    out.write(piece, 0, read);
                }
            } catch (IOException e) {
                // one side has gone, so the other one is told
            }
            // a dead connection tells nobody anything
            if (!dead) close();
        }

        /** Without the farewell of TCP. */
        private void reset() {
            try {
                client.setSoLinger(true, 0);
            } catch (IOException e) {
                // closed already
            }
            close();
        }

        private void close() {
            calls.remove(this);
            close(client);
            close(server);
        }

        private static void close(@Nullable Socket socket) {
            try {
                if (socket != null) socket.close();
            } catch (IOException e) {
                // it is gone in any case
            }
        }
    }
}
