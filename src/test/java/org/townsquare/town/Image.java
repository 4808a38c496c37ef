package org.townsquare.town;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A Dockerfile whose steps are run on this machine's own file system, where no container can be built: in a mount namespace, with everything read-only but
 * {@code /tmp}, as its user and without a capability. The base image is this machine.
 */
public final class Image {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

    /** The shell of the namespace: a root of mounts of everything that there is, so that steps leave no trace. */
    private static final String ROOT = """
            root=/mnt
            # what is mounted below it here is not of the image
            awk -v root="$root" 'index($5, root "/") == 1 { print $5 }' /proc/self/mountinfo | sort -r | while read -r mounted; do umount -l "$mounted"; done
            mount -t tmpfs -o mode=755 image "$root"
            for found in /*; do
              name=${found#/}
              if [ -L "$found" ]; then cp -P "$found" "$root/$name"
              elif [ -d "$found" ] && [ "$name" != tmp ] && [ "$name" != mnt ]; then mkdir "$root/$name"; mount --rbind "$found" "$root/$name"
              fi
            done
            mkdir "$root/tmp"
            """;

    private static final String READ_ONLY = """
            awk -v root="$root" 'index($5, root "/") == 1 { print $5 }' /proc/self/mountinfo > "$root/tmp/mounts"
            while read -r mounted; do
              case ${mounted#"$root"} in
                /proc*|/dev*|/sys*) ;;
                *) mount -o remount,bind,ro "$mounted" ;;
              esac
            done < "$root/tmp/mounts"
            mount -t tmpfs -o mode=1777,size=64m tmp "$root/tmp"
            mount -o remount,ro "$root"
            """;

    private final Map<String, String> variables = new HashMap<>();
    private final List<String> steps = new ArrayList<>();
    private final Map<String, String> labels = new HashMap<>();
    private String folder = "/";
    private String user = "0";
    private String base = "";
    private List<String> entrypoint = List.of();

    private Image(Map<String, String> arguments) {
        variables.putAll(arguments);
    }

    /** Refuses what it does not know, so that nothing of the file goes untried. */
    public static Image of(Path dockerfile, Map<String, String> arguments) throws IOException {
        var image = new Image(arguments);
        String text =
                Files.readString(dockerfile).replaceAll("(?m)^\\s*#.*\\R?", "").replace("\\\n", " ");
        for (String line : text.lines().toList())
            if (!line.isBlank()) {
                String[] words = line.strip().split("\\s+", 2);
                image.read(words[0], words[1]);
            }
        return image;
    }

    private void read(String instruction, String rest) throws IOException {
        switch (instruction) {
            case "ARG" -> require(!rest.contains("=") && variables.containsKey(rest), "ARG " + rest);
            case "FROM" -> base = filled(rest);
            case "LABEL" -> pairs(rest, labels);
            case "ENV" -> pairs(rest, variables);
            case "COPY" -> copy(rest.split("\\s+", -1));
            case "WORKDIR" -> folder = rest;
            case "RUN" -> steps.add("chroot \"$root\" sh -eu -c " + quoted("cd " + folder + " && " + filled(rest)));
            case "USER" -> user = rest;
            case "EXPOSE" -> require(rest.equals("8080 9000"), "EXPOSE " + rest);
            case "ENTRYPOINT" -> entrypoint = new ObjectMapper().readValue(rest, new TypeReference<>() {});
            default -> throw new AssertionError("unknown: " + instruction);
        }
    }

    private void copy(String[] words) {
        require(words[0].matches("--chmod=[0-7]{3}"), "COPY without --chmod");
        String to = words[words.length - 1];
        boolean isFolder = to.endsWith("/");
        for (int i = 1; i < words.length - 1; i++)
            if (words[i].endsWith("/"))
                steps.add("mkdir -p \"$root%2$s\" && cp -rp %1$s. \"$root%2$s\"".formatted(words[i], to));
            else
                steps.add("mkdir -p \"$root%3$s\" && cp -p %1$s \"$root%2$s\""
                        .formatted(words[i], to, isFolder ? to : to.substring(0, to.lastIndexOf('/'))));
        // as Docker does, on what is copied alone
        steps.add((isFolder && words[1].endsWith("/") ? "chmod -R " : "chmod ")
                + words[0].substring(8)
                + (isFolder && !words[1].endsWith("/") ? names(words, to) : " \"$root" + to + "\""));
    }

    private static String names(String[] words, String to) {
        var names = new StringBuilder();
        for (int i = 1; i < words.length - 1; i++)
            names.append(" \"$root")
                    .append(to)
                    .append(Path.of(words[i]).getFileName())
                    .append('"');
        return names.toString();
    }

    private void pairs(String text, Map<String, String> into) {
        var pair = Pattern.compile("([\\w.]+)=(?:\"([^\"]*)\"|(\\S+))").matcher(text);
        while (pair.find()) into.put(pair.group(1), filled(pair.group(2) == null ? pair.group(3) : pair.group(2)));
    }

    private String filled(String text) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            require(variables.containsKey(found.group(1)), found.group());
            return variables.get(found.group(1));
        });
    }

    private static void require(boolean holds, String what) {
        if (!holds) throw new AssertionError(what);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    public String base() {
        return base;
    }

    public Map<String, String> labels() {
        return labels;
    }

    /** The command that its container starts with. */
    public List<String> entrypoint() {
        return entrypoint;
    }

    /** Runs the steps, then the entrypoint. The process keeps its id. */
    public List<String> command() {
        String start =
                "exec chroot \"$root\" setpriv --reuid=%1$s --regid=%1$s --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all "
                                .formatted(user)
                        + "sh -c " + quoted("cd " + folder + " && exec \"$@\"") + " sh "
                        + String.join(
                                " ", entrypoint.stream().map(Image::quoted).toList()) + " \"$@\"";
        String script = "set -eu\n" + ROOT + String.join("\n", steps) + "\n" + READ_ONLY + start;
        return List.of("unshare", "--mount", "--propagation", "private", "sh", "-c", script, "sh");
    }
}
