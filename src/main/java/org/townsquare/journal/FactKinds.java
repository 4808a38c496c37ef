package org.townsquare.journal;

import java.util.List;

/** The facts of a feature. One bean a feature; a test holds it equal to the records there are. */
public interface FactKinds {
    List<Class<? extends Fact>> facts();
}
