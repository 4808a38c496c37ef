package org.townsquare.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.townsquare.platform.Digest;

/** Checkpoints and notes as C2SP writes them, and what is hashed of an entry. */
class CheckpointTest {
    /** The note that the documentation of Go's package note prints. */
    private static final VerifierKey PETER =
            VerifierKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");

    private static final String NOTE = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;

    private static final SigningKey OURS = SigningKey.of("town.example/log", key(7));

    static String key(int seed) {
        byte[] encoded = HexFormat.of()
                .parseHex("302e020100300506032b657004220420"
                        + String.format("%02x", seed).repeat(32));
        return Base64.getEncoder().encodeToString(encoded);
    }

    @Test
    void a_note_of_another_implementation_is_read_and_verified() {
        SignedNote note = SignedNote.parse(NOTE);
        assertTrue(note.isSignedBy(List.of(PETER)));
        assertTrue(note.isSignedBy(List.of(OURS.verifier(), PETER)));
        assertFalse(note.isSignedBy(List.of(OURS.verifier())));
        assertEquals(NOTE, note.note());
        assertFalse(SignedNote.parse(NOTE.replace("answer", "Answer")).isSignedBy(List.of(PETER)));
        assertFalse(SignedNote.parse(NOTE.replace("x08go/Z", "x08go/a")).isSignedBy(List.of(PETER)));
    }

    @Test
    void a_key_is_written_as_it_is_read_and_refused_with_the_hash_of_another() {
        assertEquals("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", PETER.line());
        for (String wrong : List.of(
                "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PaulNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+AhpcBQcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3",
                "PeterNeumann+c74f20a3+ARpc"))
            assertThrows(IllegalArgumentException.class, () -> VerifierKey.parse(wrong), wrong);
        assertThrows(IllegalArgumentException.class, () -> SigningKey.of("a town", key(7)), "a space in the name");
        assertThrows(IllegalArgumentException.class, () -> SigningKey.of("a+b", key(7)), "a plus in the name");
    }

    /** RFC 8032, 7.1, test 1. */
    @Test
    void the_public_key_is_that_of_RFC_8032() {
        byte[] pkcs8 = HexFormat.of()
                .parseHex("302e020100300506032b657004220420"
                        + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        var key = SigningKey.of("a", Base64.getEncoder().encodeToString(pkcs8));
        assertEquals(
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                HexFormat.of().formatHex(key.verifier().key().bytes()));
        assertThrows(IllegalArgumentException.class, () -> SigningKey.of("a", "bm8ga2V5"));
    }

    @Test
    void a_checkpoint_is_three_lines_and_a_signature() {
        var checkpoint = new Checkpoint("town.example/log", 0, MerkleTree.empty());
        SignedNote note = OURS.sign(checkpoint);
        assertTrue(note.note().startsWith("""
                town.example/log
                0
                47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=

                — town.example/log """), note.note());
        SignedNote read = SignedNote.parse(note.note());
        assertTrue(read.isSignedBy(List.of(OURS.verifier())));
        assertEquals(checkpoint, Checkpoint.parse(read.text()));
        var other = SigningKey.of("town.example/log", key(8));
        assertFalse(read.isSignedBy(List.of(other.verifier())));
    }

    @Test
    void what_is_no_checkpoint_is_refused() {
        String root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        for (String wrong : List.of(
                "", "a\n1\n", "\n1\n" + root + "\n", "a\n-1\n" + root + "\n", "a\n01\n" + root + "\n", "a\n1\nabcd\n"))
            assertThrows(IllegalArgumentException.class, () -> Checkpoint.parse(wrong), wrong);
        assertThrows(IllegalArgumentException.class, () -> SignedNote.parse("a\n1\n" + root + "\n"));
        assertThrows(IllegalArgumentException.class, () -> SignedNote.parse("a\n\nno signature\n"));
    }

    @Test
    void a_leaf_is_the_canonical_text_of_community_entry_and_index() {
        Digest entry = Digest.sha256("{}".getBytes(StandardCharsets.UTF_8));
        UUID community = UUID.fromString("0198f6a0-0000-7000-8000-000000000001");
        assertEquals(
                "{\"community\":\"0198f6a0-0000-7000-8000-000000000001\",\"entry\":\"RBNvo1WzZ4oRRq0W9-hknpT7T8If536DEMBg9hyq_4o\",\"index\":41}",
                new Leaf(community, entry, 41).data());
        assertTrue(new Leaf(null, entry, 0).data().startsWith("{\"community\":null,"));
    }
}
