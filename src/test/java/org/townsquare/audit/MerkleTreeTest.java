package org.townsquare.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.townsquare.audit.MerkleTree.Range;
import org.townsquare.platform.Digest;

/** The tree of RFC 6962 and 9162, held against a recomputation that follows the text of the RFC word by word. */
class MerkleTreeTest {
    private static final int MOST = 300;

    /** Of 0, 1, 2, …: any leaves would do. */
    private static final List<byte[]> LEAVES = leaves();

    private static List<byte[]> leaves() {
        var leaves = new ArrayList<byte[]>();
        for (int i = 0; i < MOST; i++) leaves.add(("leaf " + i).getBytes(StandardCharsets.UTF_8));
        return leaves;
    }

    // RFC 6962, 2.1, literally

    private static final Map<List<Integer>, Digest> KNOWN = new HashMap<>();

    private static Digest mth(int from, int to) {
        if (to - from == 0) return Digest.of(sha256());
        Digest known = KNOWN.get(List.of(from, to));
        return known != null ? known : remembered(from, to);
    }

    private static Digest remembered(int from, int to) {
        Digest hash;
        if (to - from == 1) hash = Digest.of(sha256(new byte[] {0}, LEAVES.get(from)));
        else {
            int k = k(to - from);
            hash = Digest.of(sha256(
                    new byte[] {1},
                    mth(from, from + k).bytes(),
                    mth(from + k, to).bytes()));
        }
        KNOWN.put(List.of(from, to), hash);
        return hash;
    }

    private static int k(int n) {
        int k = 1;
        while (2 * k < n) k *= 2;
        return k;
    }

    private static List<Digest> path(int m, int from, int to) {
        if (to - from == 1) return new ArrayList<>();
        int k = k(to - from);
        List<Digest> path = m < k ? path(m, from, from + k) : path(m - k, from + k, to);
        path.add(m < k ? mth(from + k, to) : mth(from, from + k));
        return path;
    }

    private static List<Digest> subproof(int m, int from, int to, boolean b) {
        if (m == to - from) return b ? new ArrayList<>() : new ArrayList<>(List.of(mth(from, to)));
        int k = k(to - from);
        List<Digest> proof = m <= k ? subproof(m, from, from + k, b) : subproof(m - k, from + k, to, false);
        proof.add(m <= k ? mth(from + k, to) : mth(from, from + k));
        return proof;
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) sha.update(part);
            return sha.digest();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Digest full(Subtree part) {
        return mth((int) part.first(), (int) part.end());
    }

    private static List<Digest> hashes(List<Range> ranges) {
        return ranges.stream().map(it -> it.hash(MerkleTreeTest::full)).toList();
    }

    @Test
    void an_empty_tree_a_leaf_and_a_node_are_hashed_as_the_rfc_says() {
        assertEquals(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                HexFormat.of().formatHex(MerkleTree.empty().bytes()));
        assertEquals(
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                HexFormat.of().formatHex(MerkleTree.leaf(new byte[0]).bytes()));
        assertEquals(
                Digest.of(sha256(
                        new byte[] {1},
                        MerkleTree.empty().bytes(),
                        MerkleTree.leaf(new byte[0]).bytes())),
                MerkleTree.node(MerkleTree.empty(), MerkleTree.leaf(new byte[0])));
    }

    @Test
    void the_paths_of_the_tree_printed_in_RFC_6962_are_those_printed_there() {
        Digest a = mth(0, 1);
        Digest b = mth(1, 2);
        Digest c = mth(2, 3);
        Digest d = mth(3, 4);
        Digest e = mth(4, 5);
        Digest f = mth(5, 6);
        Digest j = mth(6, 7);
        Digest g = MerkleTree.node(a, b);
        Digest h = MerkleTree.node(c, d);
        Digest i = MerkleTree.node(e, f);
        Digest k = MerkleTree.node(g, h);
        Digest l = MerkleTree.node(i, j);
        Digest hash = MerkleTree.node(k, l);
        assertEquals(hash, MerkleTree.whole(7).hash(MerkleTreeTest::full));
        assertEquals(List.of(b, h, l), hashes(MerkleTree.inclusion(0, 7)));
        assertEquals(List.of(c, g, l), hashes(MerkleTree.inclusion(3, 7)));
        assertEquals(List.of(f, j, k), hashes(MerkleTree.inclusion(4, 7)));
        assertEquals(List.of(i, k), hashes(MerkleTree.inclusion(6, 7)));
        Digest hash0 = MerkleTree.node(g, c);
        Digest hash1 = k;
        Digest hash2 = MerkleTree.node(k, i);
        assertEquals(List.of(c, d, g, l), hashes(MerkleTree.consistency(3, 7)));
        assertEquals(List.of(l), hashes(MerkleTree.consistency(4, 7)));
        assertEquals(List.of(i, j, k), hashes(MerkleTree.consistency(6, 7)));
        assertTrue(MerkleTree.continues(3, hash0, 7, hash, List.of(c, d, g, l)));
        assertTrue(MerkleTree.continues(4, hash1, 7, hash, List.of(l)));
        assertTrue(MerkleTree.continues(6, hash2, 7, hash, List.of(i, j, k)));
    }

    @Test
    void a_tree_that_grows_has_the_root_and_the_full_subtrees_of_a_recomputation_at_every_size() {
        var grown = new HashMap<Subtree, Digest>();
        var tree = new GrowingTree(grown::put);
        for (int size = 0; size <= MOST; size++) {
            assertEquals(mth(0, size), tree.root(), "size " + size);
            assertEquals(size, tree.size());
            var went = GrowingTree.from(size, MerkleTreeTest::full, (part, hash) -> {});
            assertEquals(mth(0, size), went.root(), "size " + size + ", taken up again");
            if (size < MOST) tree.add(MerkleTree.leaf(LEAVES.get(size)));
        }
        grown.forEach((part, hash) -> assertEquals(full(part), hash, part.toString()));
        long expected = 0;
        for (int width = 2; width <= MOST; width *= 2) expected += MOST / width;
        assertEquals(expected, grown.size());
    }

    @Test
    void every_inclusion_path_to_size_300_is_that_of_a_recomputation_and_verifies() {
        for (int size = 1; size <= MOST; size++) {
            Digest root = mth(0, size);
            for (int index = 0; index < size; index++) {
                List<Digest> path = hashes(MerkleTree.inclusion(index, size));
                assertEquals(path(index, 0, size), path, index + " of " + size);
                assertTrue(MerkleTree.includes(mth(index, index + 1), index, size, path, root), index + " of " + size);
            }
        }
    }

    @Test
    void every_consistency_path_to_size_300_is_that_of_a_recomputation_and_verifies() {
        for (int to = 1; to <= MOST; to++)
            for (int from = 1; from <= to; from++) {
                List<Digest> path = hashes(MerkleTree.consistency(from, to));
                assertEquals(subproof(from, 0, to, true), path, from + " to " + to);
                assertTrue(MerkleTree.continues(from, mth(0, from), to, mth(0, to), path), from + " to " + to);
            }
    }

    @Test
    void a_path_that_is_not_the_right_one_proves_nothing() {
        var random = new Random(6962);
        for (int round = 0; round < 20_000; round++) {
            int size = 2 + random.nextInt(MOST - 1);
            int index = random.nextInt(size);
            List<Digest> path = hashes(MerkleTree.inclusion(index, size));
            Digest leaf = mth(index, index + 1);
            Digest root = mth(0, size);
            int other = (index + 1 + random.nextInt(size - 1)) % size;
            assertFalse(MerkleTree.includes(mth(other, other + 1), index, size, path, root), "another leaf");
            assertFalse(MerkleTree.includes(leaf, other, size, path, root), "another place");
            assertFalse(MerkleTree.includes(leaf, index, size, path, mth(0, size - 1)), "another root");
            assertFalse(MerkleTree.includes(leaf, index, size, changed(path, random), root), "another path");
            int from = 1 + random.nextInt(size - 1);
            List<Digest> way = hashes(MerkleTree.consistency(from, size));
            assertFalse(MerkleTree.continues(from, mth(1, from + 1), size, root, way), "another old root");
            assertFalse(MerkleTree.continues(from, mth(0, from), size, mth(0, size - 1), way), "another new root");
            assertFalse(MerkleTree.continues(from, mth(0, from), size, root, changed(way, random)), "another way");
        }
    }

    private static List<Digest> changed(List<Digest> path, Random random) {
        var changed = new ArrayList<>(path);
        int at = random.nextInt(path.size());
        switch (random.nextInt(3)) {
            case 0 -> changed.remove(at);
            case 1 -> changed.add(at, path.get(at));
            default -> {
                byte[] bytes = path.get(at).bytes();
                bytes[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
                changed.set(at, Digest.of(bytes));
            }
        }
        return changed;
    }

    @Test
    void there_is_no_path_to_a_leaf_that_is_not_there_nor_back_in_time() {
        assertThrows(IllegalArgumentException.class, () -> MerkleTree.inclusion(7, 7));
        assertThrows(IllegalArgumentException.class, () -> MerkleTree.consistency(8, 7));
        assertFalse(MerkleTree.includes(mth(0, 1), 7, 7, List.of(), mth(0, 7)));
        assertFalse(MerkleTree.continues(8, mth(0, 8), 7, mth(0, 7), List.of()));
    }
}
