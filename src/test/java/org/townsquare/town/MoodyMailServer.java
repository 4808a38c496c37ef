package org.townsquare.town;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mail server in the place of {@link Mailbox} that refuses what a test tells it to refuse: started after {@link Database}, for the class alone that
 * names it.
 */
public final class MoodyMailServer implements QuarkusTestResourceLifecycleManager {
    /** How often it still answers so to a recipient. */
    private record Mood(String answer, AtomicInteger left) {}

    private static final Map<String, Mood> MOODS = new ConcurrentHashMap<>();
    private static final List<String> ASKED = new CopyOnWriteArrayList<>();
    private static final List<String> TAKEN = new CopyOnWriteArrayList<>();

    private final ServerSocket server;

    public MoodyMailServer() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        background(this::serve);
        return Map.of("quarkus.mailer.host", "127.0.0.1", "quarkus.mailer.port", String.valueOf(server.getLocalPort()));
    }

    @Override
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers like this, so many times, to mails for this address. */
    public static void refuse(String address, String answer, int times) {
        MOODS.put(address, new Mood(answer, new AtomicInteger(times)));
    }

    /** How often it was asked to take a mail for this address. */
    public static long asked(String address) {
        return ASKED.stream().filter(address::equals).count();
    }

    /** The recipients of the mails that it took, in their order. */
    public static List<String> taken() {
        return List.copyOf(TAKEN);
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                background(() -> converse(client));
            } catch (IOException e) {
                return; // it was stopped
            }
        }
    }

    private static void background(Runnable task) {
        var thread = new Thread(task, "moody mail server");
        thread.setDaemon(true);
        thread.start();
    }

    private static void converse(Socket client) {
        try (client;
                var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
                Writer out = new OutputStreamWriter(client.getOutputStream(), StandardCharsets.UTF_8)) {
            say(out, "220 moody");
            String to = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String command = line.toUpperCase(Locale.ROOT);
                if (command.startsWith("RCPT TO:")) {
                    to = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                    say(out, answer(to));
                } else if (command.equals("DATA")) {
                    say(out, "354 go on");
                    for (String text = in.readLine(); text != null && !text.equals("."); ) text = in.readLine();
                    TAKEN.add(to);
                    say(out, "250 taken");
                } else if (command.equals("QUIT")) {
                    say(out, "221 bye");
                    return;
                } else {
                    say(out, "250 fine");
                }
            }
        } catch (IOException e) {
            // the client has gone: so does this conversation
            return;
        }
    }

    private static String answer(String to) {
        ASKED.add(to);
        Mood mood = MOODS.get(to);
        return mood != null && mood.left.getAndDecrement() > 0 ? mood.answer : "250 fine";
    }

    private static void say(Writer out, String line) throws IOException {
        out.write(line + "\r\n");
        out.flush();
    }
}
