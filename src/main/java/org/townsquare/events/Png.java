package org.townsquare.events;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Pictures in black and white as PNG (ISO/IEC 15948), one bit a pixel; without AWT, which a native executable does not have. */
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private Png() {}

    /**
     * @param dark the modules, row by row
     * @param scale pixels a module
     */
    static byte[] of(boolean[][] dark, int scale) {
        int width = dark[0].length * scale;
        int height = dark.length * scale;
        var out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        // bit depth 1, grayscale, the only compression and filter method, not interlaced
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {1, 0, 0, 0, 0})
                        .array());
        chunk(out, "IDAT", deflated(pixels(dark, width, scale)));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    /** Each line begins with its filter (0: none); a set bit is white. */
    private static byte[] pixels(boolean[][] dark, int width, int scale) {
        int stride = 1 + (width + 7) / 8;
        var pixels = ByteBuffer.allocate(stride * dark.length * scale);
        for (boolean[] row : dark) {
            byte[] line = new byte[stride];
            for (int x = 0; x < width; x++) if (!row[x / scale]) line[1 + x / 8] |= (byte) (0x80 >>> (x % 8));
            for (int i = 0; i < scale; i++) pixels.put(line);
        }
        return pixels.array();
    }

    private static byte[] deflated(byte[] data) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(data);
            deflater.finish();
            var out = new ByteArrayOutputStream();
            byte[] part = new byte[4096];
            while (!deflater.finished()) out.write(part, 0, deflater.deflate(part));
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] named = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        CRC32 crc = new CRC32();
        crc.update(named);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(named);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
