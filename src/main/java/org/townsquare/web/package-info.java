/** The pages for people. */
@NullMarked
@CheckReturnValue
package org.townsquare.web;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
