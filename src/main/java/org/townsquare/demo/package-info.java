/** The demo town of dev and trial, built by the acts of the service itself. */
@NullMarked
@CheckReturnValue
package org.townsquare.demo;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
