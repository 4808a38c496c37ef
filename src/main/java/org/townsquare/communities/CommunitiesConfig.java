package org.townsquare.communities;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How this installation keeps its communities. */
@ConfigMapping(prefix = "townsquare.communities")
interface CommunitiesConfig {
    /**
     * How often a replica forgets what is kept for a time only: metadata and addresses of communities deleted 30 days ago, addresses of invitations
     * that ended 30 days ago. A duration such as {@code 1h}, or {@code off}.
     */
    @WithDefault("1h")
    String purgeEvery();
}
