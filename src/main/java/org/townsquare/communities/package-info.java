/** Where someone stands: markets, communities, members, and the viewer that a request is made by. */
@NullMarked
@CheckReturnValue
package org.townsquare.communities;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
