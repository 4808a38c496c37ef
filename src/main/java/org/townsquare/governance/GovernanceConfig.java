package org.townsquare.governance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How communities decide on this installation. */
@ConfigMapping(prefix = "townsquare.governance")
interface GovernanceConfig {
    /** How often a replica looks for votes whose deadline has passed. Votes end at their deadline whatever this says. */
    @WithDefault("2s")
    Duration closeEvery();

    /** How often a replica looks for proposals that were decided 365 days ago, to archive them. */
    @WithDefault("1h")
    String archiveEvery();

    /** How often a member may change or withdraw a vote, or a ballot on a question, in a minute; 0 for no limit. */
    @WithDefault("20")
    int voteChangesPerMinute();

    /**
     * How long a count of the ballots on a question is shown before it is counted again, at least; many ballots longer, ten times as long as their count
     * took. 0 for a count at each look.
     */
    @WithDefault("2s")
    Duration countShownFor();

    /** How many comments a member may write in one community in an hour; 0 for no limit. */
    @WithDefault("300")
    int commentsPerHour();

    /** How many drafts a member may keep in one community. */
    @WithDefault("500")
    int draftsPerMember();
}
