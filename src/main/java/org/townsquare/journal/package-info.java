/** What happened: facts, the append-only table that keeps them, and the followers that read it in order. */
@NullMarked
@CheckReturnValue
package org.townsquare.journal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
