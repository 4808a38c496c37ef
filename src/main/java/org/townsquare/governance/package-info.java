/** How a community decides: rules, proposals, reviews, electorates, votes, tallies. */
@NullMarked
@CheckReturnValue
package org.townsquare.governance;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
