package org.townsquare.platform;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParseException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

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

    @Test
    void what_we_got_wrong_is_no_outage() {
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
