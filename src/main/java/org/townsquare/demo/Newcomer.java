package org.townsquare.demo;

/** Who has come to the demo town, but does not take part yet, or for now. */
enum Newcomer {
    PIA("Pia Novak", "pia", "has asked to join the choir"),
    SAM("Sam Reyes", "sam", "is suspended: reads, and writes nothing");

    private final String fullName;
    private final String account;
    private final String doing;

    Newcomer(String fullName, String account, String doing) {
        this.fullName = fullName;
        this.account = account;
        this.doing = doing;
    }

    String fullName() {
        return fullName;
    }

    String email() {
        return account + "@millbrook.example";
    }

    String what() {
        return doing;
    }
}
