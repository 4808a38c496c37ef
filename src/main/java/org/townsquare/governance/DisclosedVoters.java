package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.townsquare.communities.Member;
import org.townsquare.journal.Fact;

/** For the log, which has the facts of many votes in one list: of which of them somebody may learn who voted. {@link Disclosure} says it of each. */
public final class DisclosedVoters {
    private DisclosedVoters() {}

    /** Of these facts of the viewer's community, which tell who voted to one who may learn it; two statements, however many facts there are. */
    public static Uni<Predicate<Fact>> to(Member viewer, Collection<Fact> facts) {
        Set<UUID> asked = facts.stream()
                .filter(BallotFact.class::isInstance)
                .map(fact -> ((BallotFact) fact).votedOn())
                .collect(Collectors.toSet());
        if (asked.isEmpty()) return Uni.createFrom().item(fact -> false);
        return Proposal.openedAmong(viewer.communityId, asked)
                .chain(proposals -> Question.openedAmong(viewer.communityId, asked)
                        .map(questions -> {
                            Set<UUID> shown = Stream.concat(proposals.stream(), questions.stream())
                                    .filter(it -> it.showsVoters(viewer))
                                    .map(OpenedVote::id)
                                    .collect(Collectors.toSet());
                            return fact -> fact instanceof BallotFact ballot && shown.contains(ballot.votedOn());
                        }));
    }
}
