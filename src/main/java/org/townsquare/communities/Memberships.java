package org.townsquare.communities;

import io.quarkus.arc.Unremovable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.townsquare.identity.OnDisable;
import org.townsquare.identity.OnErasure;
import org.townsquare.journal.Actor;
import org.townsquare.journal.Journal;
import org.townsquare.platform.Problem.Conflict;

/** What becomes of the memberships of an account that ends. */
@ApplicationScoped
@Unremovable
class Memberships implements OnDisable, OnErasure {
    private final Journal journal;
    private final Clock clock;

    Memberships(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /** They stay, since an account can be enabled again. Problems: {@code last-admin}, which names the communities. */
    @Override
    public Uni<Void> disable(UUID userId) {
        return check(userId);
    }

    /**
     * Whether every community would keep an ADMIN without this user; holds these communities until the transaction ends. Problems: {@code
     * last-admin}, which names the communities.
     */
    @Override
    public Uni<Void> check(UUID userId) {
        var alone = new ArrayList<String>();
        return Community.heldOfAdmin(userId).chain(communities -> {
            Uni<Void> checked = Uni.createFrom().voidItem();
            for (Community community : communities)
                if (community.deletedAt == null)
                    checked = checked.chain(() -> Member.isLastAdmin(community.id, userId, clock.instant()))
                            .invoke(last -> {
                                if (last) alone.add(community.slug);
                            })
                            .replaceWithVoid();
            return checked.invoke(() -> {
                if (!alone.isEmpty())
                    throw new Conflict(
                            "last-admin",
                            "These communities would have no ADMIN: " + String.join(", ", alone)
                                    + ". Give the role to another member first.");
            });
        });
    }

    /** Each is left, and nothing that could name the user stays with it. Problems: {@code last-admin}. */
    @Override
    public Uni<Void> erase(UUID userId) {
        return check(userId)
                .chain(() -> Member.heldOf(userId))
                // in the order of who accepts an invitation: the member, then the invitation
                .call(() -> Invitation.forget(userId))
                .chain(this::leave);
    }

    private Uni<Void> leave(List<Member> members) {
        Uni<Void> left = Uni.createFrom().voidItem();
        for (Member member : members)
            left = left.chain(() -> journal.forget(member.id))
                    .chain(() -> journal.record(Actor.SYSTEM, member.erase(clock.instant())));
        return left;
    }
}
