/** The words that every feature needs: ids, time, problems, pages, statements. Knows no feature. */
@NullMarked
@CheckReturnValue
package org.townsquare.platform;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
