package org.townsquare.web;

import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.FieldWords;
import org.townsquare.platform.Problem;
import org.townsquare.platform.Text;

/**
 * What was typed into the fields of a form, and what was wrong with it.
 *
 * @param refusal why it was refused as a whole
 * @param wrong why a field was refused, by its name
 */
public record Form(Map<String, String> typed, @Nullable Refusal refusal, Map<String, String> wrong) {
    static final Form EMPTY = new Form(Map.of(), null, Map.of());

    /** Names and values in turn; what was left empty is as if it was left out. Problems: {@code text-invalid}. */
    static Form of(@Nullable String... namesAndValues) {
        var typed = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String value = namesAndValues[i + 1];
            if (value == null || value.isBlank()) continue;
            // browsers end lines as mails do
            typed.put(String.valueOf(namesAndValues[i]), text(value).replace("\r\n", "\n"));
        }
        return new Form(typed, null, Map.of());
    }

    /** As it was typed; empty where nothing was. Problems: {@code text-invalid}. */
    static String text(@Nullable String typed) {
        if (typed == null) return "";
        if (!Text.isStorable(typed))
            throw new Problem.BadRequest("text-invalid", "U+0000 and lone surrogates are not text.");
        return typed;
    }

    public String value(String name) {
        return typed.getOrDefault(name, "");
    }

    @Nullable
    String valueOrNull(String name) {
        return typed.get(name);
    }

    /** Of a box. */
    public boolean isTicked(String name) {
        return typed.containsKey(name);
    }

    /** Problems: {@code number-malformed}. */
    @Nullable
    Integer number(String name) {
        String value = typed.get(name);
        if (value == null) return null;
        try {
            return Integer.valueOf(value.strip());
        } catch (NumberFormatException e) {
            throw new Problem.Unprocessable("number-malformed", name + " is a whole number.");
        }
    }

    /**
     * A time where the event is: one that a clock leaves out is later by as much, of one that it shows twice it is the first. Problems:
     * {@code time-malformed}, {@code time-zone-unknown}.
     */
    @Nullable
    Instant time(String name, String zone) {
        String value = typed.get(name);
        if (value == null) return null;
        try {
            return LocalDateTime.parse(value).atZone(ZoneId.of(zone)).toInstant();
        } catch (DateTimeParseException e) {
            throw new Problem.Unprocessable("time-malformed", name + " is a local time, such as 2026-11-20T19:30.");
        } catch (DateTimeException e) {
            throw new Problem.Unprocessable("time-zone-unknown", "timeZone is an IANA zone, such as Europe/Berlin.");
        }
    }

    /** Empty where nothing was. */
    public String wrong(String name) {
        return wrong.getOrDefault(name, "");
    }

    /** The same, with this value where nothing was typed. */
    Form or(String name, String usual) {
        if (typed.containsKey(name)) return this;
        var with = new LinkedHashMap<>(typed);
        with.put(name, usual);
        return new Form(with, refusal, wrong);
    }

    /**
     * The same after it was refused, if it was.
     *
     * @param words of what is wrong with a field
     */
    Form refusedBy(@Nullable Throwable why, Language language, FieldWords words) {
        if (why == null) return this;
        if (!(why instanceof ConstraintViolationException invalid))
            return new Form(typed, Refusal.of((Problem) why, language), Map.of());
        var fields = new LinkedHashMap<String, String>();
        for (var violation : invalid.getConstraintViolations())
            fields.merge(
                    last(violation.getPropertyPath()),
                    words.of(violation, language.locale()),
                    (one, other) -> one + "; " + other);
        return new Form(typed, new Refusal(language.words().fieldsWrong(), language.tag()), fields);
    }

    private static String last(Path path) {
        String name = "";
        for (Path.Node node : path) if (node.getName() != null) name = node.getName();
        return name;
    }

    /** Whether another try with other words may succeed. */
    static boolean isRefusal(Throwable e) {
        return e instanceof ConstraintViolationException
                || (e instanceof Problem problem
                        && (problem.status == 409 || problem.status == 410 || problem.status == 422));
    }

    static int statusOf(Throwable e) {
        return e instanceof Problem problem ? problem.status : 422;
    }

    /** Seconds until another try may succeed; 0 where waiting does not help. */
    static long retryAfter(Throwable e) {
        return e instanceof Problem problem ? problem.retryAfter() : 0;
    }
}
