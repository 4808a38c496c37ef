/** Starts the service, and the commands of its executable. */
package org.townsquare;
