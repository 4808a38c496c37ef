/** How a community gathers: event groups, events, codes and check-ins. */
@NullMarked
@CheckReturnValue
package org.townsquare.events;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
