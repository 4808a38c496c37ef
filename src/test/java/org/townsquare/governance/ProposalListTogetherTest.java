package org.townsquare.governance;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.townsquare.town.AlwaysTogether;
import org.townsquare.town.Database;

/** The same by the statement for many. */
@QuarkusTest
@QuarkusTestResource(Database.class)
@TestProfile(AlwaysTogether.class)
class ProposalListTogetherTest extends ProposalListTest {}
