package org.townsquare.identity;

/** What sign-up answers: the account and its session, or that a mail says how to go on. */
sealed interface SignUpAnswer permits SignedInView, SentView {}
