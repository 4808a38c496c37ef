package org.townsquare.governance;

import java.time.Instant;
import java.util.UUID;

/** What one of the council said of a proposal. */
record ReviewView(UUID id, UUID reviewerId, ReviewDecision decision, String note, Instant reviewedAt) {
    static ReviewView of(Review review) {
        return new ReviewView(review.id, review.reviewerId, review.decision, review.note, review.createdAt);
    }
}
