package org.townsquare.governance;

/** Sums of weights: in favour, against, abstaining, and of all who may vote. At most 10^13 each, so that no product with a share leaves a long. */
record Counts(long yes, long no, long abstain, long electorate) {
    long cast() {
        return yes + no;
    }

    long present() {
        return yes + no + abstain;
    }
}
