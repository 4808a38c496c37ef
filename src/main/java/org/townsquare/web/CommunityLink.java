package org.townsquare.web;

import java.util.UUID;

/** A community where the viewer organises. */
public record CommunityLink(UUID id, String name) {}
