package org.townsquare.platform;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParseException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutageTest {
    @Test
    void a_connection_that_is_gone_is_no_defect() {
        assertTrue(Outage.isOfTheConnection(new ConnectException("refused")));
        assertTrue(Outage.isOfTheConnection(new ClosedChannelException()));
        assertTrue(Outage.isOfTheConnection(new VertxException("Connection was closed")));
        assertTrue(Outage.isOfTheConnection(
                new NoStackTraceThrowable("Connection is not active now, current status: CLOSED")));
        assertTrue(Outage.isOfTheConnection(new NoStackTraceThrowable("Timeout")));
    }

    /** As a native executable writes to the database. */
    @Test
    void a_write_to_a_line_that_was_reset_is_no_defect() throws IOException {
        var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(loopback);
                SocketChannel line = SocketChannel.open(server.getLocalAddress())) {
            SocketChannel other = server.accept();
            other.setOption(StandardSocketOptions.SO_LINGER, 0);
            other.close();
            IOException reset = assertThrows(IOException.class, () -> {
                while (true) line.write(ByteBuffer.allocate(1_000));
            });
            assertSame(IOException.class, reset.getClass());
            assertTrue(Outage.isOfTheConnection(reset), reset.toString());
            assertTrue(Outage.leavesDoubt(new IllegalStateException(reset)));
        }
    }

    @Test
    void a_name_that_is_not_resolved_is_no_defect_and_nothing_was_sent() {
        var unknown = new UnknownHostException("database");
        assertTrue(Outage.isOfTheConnection(unknown));
        assertFalse(Outage.leavesDoubt(new IllegalStateException(unknown)));
    }

    @Test
    void what_we_got_wrong_is_no_outage(@TempDir Path folder) throws IOException {
        try (FileChannel ours = FileChannel.open(folder)) {
            IOException refused = assertThrows(IOException.class, () -> ours.read(ByteBuffer.allocate(1)));
            assertFalse(Outage.isOfTheConnection(refused), refused.toString());
        }
        assertFalse(Outage.isOfTheConnection(new NoStackTraceThrowable("Parameter at position[3] can not be coerced")));
        assertFalse(Outage.isOfTheConnection(new IOException("an entry that cannot be read")));
        assertFalse(Outage.isOfTheConnection(new JsonParseException(null, "an entry that cannot be read")));
        assertFalse(Outage.isOfTheConnection(new IllegalStateException("Connection")));
    }

    @Test
    void the_server_says_by_its_state_whether_it_is_away() {
        for (String away : new String[] {"08006", "25P04", "40001", "40P01", "53300", "55P03", "57P01"})
            assertTrue(Outage.isOfTheServer(away), away);
        for (String ours : new String[] {"22021", "23505", "42601", "55000"})
            assertFalse(Outage.isOfTheServer(ours), ours);
    }
}
