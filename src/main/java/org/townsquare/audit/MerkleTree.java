package org.townsquare.audit;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.townsquare.platform.Digest;

/**
 * The Merkle tree of RFC 6962 and 9162: what its hashes are, of which subtrees a path is made, and whether a path proves what it shall. Knows nothing of
 * where the hashes are kept.
 */
final class MerkleTree {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private MerkleTree() {}

    /** The root of a tree without leaves. */
    static Digest empty() {
        return Digest.sha256(new byte[0]);
    }

    static Digest leaf(byte[] data) {
        MessageDigest sha = sha256();
        sha.update(LEAF);
        return Digest.of(sha.digest(data));
    }

    static Digest node(Digest left, Digest right) {
        MessageDigest sha = sha256();
        sha.update(NODE);
        sha.update(left.bytes());
        return Digest.of(sha.digest(right.bytes()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Leaves from {@code first} to before {@code end}: one subtree of the tree, full or the ragged one at its right edge. */
    record Range(long first, long end) {
        private long leaves() {
            return end - first;
        }

        /** Where a subtree of more than one leaf is cut: the largest power of two that is smaller than it. */
        private long cut() {
            return first + Long.highestOneBit(leaves() - 1);
        }

        /** The full subtrees that it is made of, the largest first. */
        List<Subtree> full() {
            var parts = new ArrayList<Subtree>();
            for (long at = first; at < end; ) {
                int level = 63 - Long.numberOfLeadingZeros(end - at);
                parts.add(new Subtree(level, at >> level));
                at += 1L << level;
            }
            return parts;
        }

        /** Its hash, by the hashes of full subtrees. */
        Digest hash(Function<Subtree, Digest> full) {
            List<Subtree> parts = full();
            if (parts.isEmpty()) return empty();
            Digest hash = full.apply(parts.get(parts.size() - 1));
            for (int i = parts.size() - 2; i >= 0; i--) hash = node(full.apply(parts.get(i)), hash);
            return hash;
        }
    }

    /** The whole tree of this size. */
    static Range whole(long size) {
        return new Range(0, size);
    }

    /** The subtrees whose hashes prove that the leaf stands at {@code index} of a tree of this size: PATH(m, D[n]) of RFC 6962, 2.1.1. */
    static List<Range> inclusion(long index, long size) {
        if (index < 0 || index >= size) throw new IllegalArgumentException("no leaf " + index + " of " + size);
        var path = new ArrayList<Range>();
        Range in = whole(size);
        while (in.leaves() > 1) {
            var left = new Range(in.first, in.cut());
            var right = new Range(in.cut(), in.end);
            boolean isLeft = index < in.cut();
            path.add(0, isLeft ? right : left);
            in = isLeft ? left : right;
        }
        return path;
    }

    /** The subtrees whose hashes prove that a tree of size {@code to} begins with that of size {@code from}: PROOF(m, D[n]) of RFC 6962, 2.1.2. */
    static List<Range> consistency(long from, long to) {
        if (from < 0 || from > to) throw new IllegalArgumentException("no way from " + from + " to " + to);
        var path = new ArrayList<Range>();
        if (from == 0 || from == to) return path;
        Range in = whole(to);
        boolean isKnown = true; // whether the old tree is this very subtree, so that its hash need not be sent
        while (from != in.end) {
            var left = new Range(in.first, in.cut());
            var right = new Range(in.cut(), in.end);
            if (from <= in.cut()) {
                path.add(0, right);
                in = left;
            } else {
                path.add(0, left);
                in = right;
                isKnown = false;
            }
        }
        if (!isKnown) path.add(0, in);
        return path;
    }

    /** Whether the path proves that the leaf stands at {@code index} of the tree with this root (RFC 9162, 2.1.3.2). */
    static boolean includes(Digest leaf, long index, long size, List<Digest> path, Digest root) {
        if (index < 0 || index >= size) return false;
        long fn = index;
        long sn = size - 1;
        Digest hash = leaf;
        for (Digest sibling : path) {
            if (sn == 0) return false;
            if ((fn & 1) == 1 || fn == sn) {
                hash = node(sibling, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = node(hash, sibling);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && hash.equals(root);
    }

    /** Whether the path proves that the tree with {@code newRoot} only adds to the one with {@code oldRoot} (RFC 9162, 2.1.4.2). */
    static boolean continues(long from, Digest oldRoot, long to, Digest newRoot, List<Digest> path) {
        if (from < 0 || from > to) return false;
        if (from == to) return path.isEmpty() && oldRoot.equals(newRoot);
        if (from == 0) return path.isEmpty() && oldRoot.equals(empty());
        var rest = new ArrayList<>(path);
        if (Long.bitCount(from) == 1) rest.add(0, oldRoot);
        if (rest.isEmpty()) return false;
        long fn = from - 1;
        long sn = to - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        Digest old = rest.get(0);
        Digest now = old;
        for (Digest hash : rest.subList(1, rest.size())) {
            if (sn == 0) return false;
            if ((fn & 1) == 1 || fn == sn) {
                old = node(hash, old);
                now = node(hash, now);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                now = node(now, hash);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && old.equals(oldRoot) && now.equals(newRoot);
    }
}
