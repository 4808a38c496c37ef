package org.townsquare.governance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ballots and options written as letters, the way examples are published: {@code "3 ABCD, 2 CBDA"} ranks A best on three ballots. */
record Papers(String letters, List<Candidate> options) {
    /** Options in this order of positions; the tie order is alphabetical. */
    static Papers of(String letters) {
        return of(
                letters,
                letters.chars()
                        .sorted()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    static Papers of(String letters, String tieOrder) {
        return new Papers(
                letters,
                letters.chars()
                        .mapToObj(it -> new Candidate(id((char) it), tieOrder.indexOf(it) + 1))
                        .toList());
    }

    static UUID id(char letter) {
        return UUID.nameUUIDFromBytes(Character.toString(letter).getBytes(StandardCharsets.UTF_8));
    }

    String letter(@Nullable UUID id) {
        if (id == null) return "-";
        return letters.chars()
                .filter(it -> id((char) it).equals(id))
                .mapToObj(Character::toString)
                .findFirst()
                .orElseThrow();
    }

    /** Places parted by {@code >}, the options of one place together. */
    String places(List<List<UUID>> places) {
        return String.join(
                ">",
                places.stream()
                        .map(place -> String.join(
                                "", place.stream().map(this::letter).sorted().toList()))
                        .toList());
    }

    /** {@code "5 ACB, 2 B"}: how many ballots rank the options so. */
    List<BallotGroup> ranked(String ballots) {
        return Stream.of(ballots.split(", "))
                .map(it -> it.split(" ", -1))
                .map(it -> {
                    long number = Long.parseLong(it[0]);
                    return new BallotGroup(ranks(it[1]), number, number);
                })
                .toList();
    }

    Marks ranks(String order) {
        var marks = new ArrayList<@Nullable Integer>();
        for (int i = 0; i < letters.length(); i++) {
            int place = order.indexOf(letters.charAt(i));
            marks.add(place < 0 ? null : place + 1);
        }
        return Marks.of(marks);
    }

    /** {@code "3 A, 2 AC"}: how many ballots choose these. */
    List<BallotGroup> chosen(String ballots) {
        return Stream.of(ballots.split(", "))
                .map(it -> it.split(" ", -1))
                .map(it -> {
                    var marks = new ArrayList<@Nullable Integer>();
                    for (int i = 0; i < letters.length(); i++)
                        marks.add(it[1].indexOf(letters.charAt(i)) < 0 ? null : 1);
                    long number = Long.parseLong(it[0]);
                    return new BallotGroup(Marks.of(marks), number, number);
                })
                .toList();
    }

    CountSheet irv(String ballots) {
        return Count.of(VotingMethod.RANKED, Counting.IRV, 0, options, ranked(ballots));
    }

    CountSheet schulze(String ballots) {
        return Count.of(VotingMethod.RANKED, Counting.SCHULZE, 0, options, ranked(ballots));
    }

    /** Each round as {@code "A2 B3 *4 -A"}: the votes, the exhausted ballots if any, and who went or (+) was elected. */
    List<String> rounds(CountSheet sheet) {
        return Objects.requireNonNull(sheet.rounds()).stream()
                .map(round -> {
                    var words = new ArrayList<String>();
                    for (var votes : round.votes()) words.add(letter(votes.option()) + votes.weight());
                    if (round.exhausted() > 0) words.add("*" + round.exhausted());
                    words.add(round.out() == null ? "+" + letter(round.elected()) : "-" + letter(round.out()));
                    return String.join(" ", words);
                })
                .toList();
    }
}
