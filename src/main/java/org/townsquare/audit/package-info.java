/** Reading, sealing and proving the journal: what members may know of what happened, what shows that nobody changed it, and how its followers fare. */
@NullMarked
@CheckReturnValue
package org.townsquare.audit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
