package org.townsquare.web;

/**
 * What every page has.
 *
 * @param signedIn whether there is a session to end
 */
public record Frame(Language language, Style style, boolean signedIn) {}
