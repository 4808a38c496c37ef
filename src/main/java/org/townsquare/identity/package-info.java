/** Who someone is: users, their ways to sign in, their sessions, and the words for rights. */
@NullMarked
@CheckReturnValue
package org.townsquare.identity;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
