package org.townsquare.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.townsquare.platform.Digest;

/** A tree to which leaves are added one by one. It keeps the roots of its full subtrees at the right edge alone, and tells of each subtree that became full. */
final class GrowingTree {
    private final BiConsumer<Subtree, Digest> grown;

    /** Of the subtrees that the size is made of, the largest first. */
    private final List<Digest> edge = new ArrayList<>();

    private long size;

    /** @param grown is told of each subtree of two leaves and more when it becomes full, the smaller ones first */
    GrowingTree(BiConsumer<Subtree, Digest> grown) {
        this.grown = grown;
    }

    /** One that goes on where a tree of this size ended. */
    static GrowingTree from(long size, Function<Subtree, Digest> full, BiConsumer<Subtree, Digest> grown) {
        var tree = new GrowingTree(grown);
        tree.size = size;
        for (Subtree part : MerkleTree.whole(size).full()) tree.edge.add(full.apply(part));
        return tree;
    }

    void add(Digest leaf) {
        Digest hash = leaf;
        long index = size;
        for (int level = 1; (index & 1) == 1; level++) {
            hash = MerkleTree.node(edge.remove(edge.size() - 1), hash);
            index >>= 1;
            grown.accept(new Subtree(level, index), hash);
        }
        edge.add(hash);
        size++;
    }

    long size() {
        return size;
    }

    Digest root() {
        if (edge.isEmpty()) return MerkleTree.empty();
        Digest hash = edge.get(edge.size() - 1);
        for (int i = edge.size() - 2; i >= 0; i--) hash = MerkleTree.node(edge.get(i), hash);
        return hash;
    }
}
