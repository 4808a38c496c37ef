/** The demo town of dev and trial, built by calling the service as any client does. */
@NullMarked
@CheckReturnValue
package org.townsquare.demo;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
