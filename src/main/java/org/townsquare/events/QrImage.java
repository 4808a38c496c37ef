package org.townsquare.events;

import io.nayuki.qrcodegen.QrCode;

/** A QR symbol (ISO/IEC 18004, model 2) with the quiet zone of 4 modules, as a picture. */
record QrImage(QrCode symbol) {
    private static final int QUIET = 4;

    static QrImage of(String text, QrLevel level) {
        return new QrImage(QrCode.encodeText(text, level.ecc));
    }

    /** Modules on a side, quiet zone included. */
    int side() {
        return symbol.size + 2 * QUIET;
    }

    private boolean dark(int x, int y) {
        return symbol.getModule(x - QUIET, y - QUIET);
    }

    /** As one path on white, one unit a module. */
    String svg(String title) {
        var path = new StringBuilder();
        for (int y = 0; y < side(); y++)
            for (int x = 0; x < side(); x++) {
                int from = x;
                while (dark(x, y)) x++;
                if (x > from) path.append("M%d %dh%dv1h-%dz".formatted(from, y, x - from, x - from));
            }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges" role="img" aria-labelledby="t">\
                <title id="t">%2$s</title><rect width="%1$d" height="%1$d" fill="#fff"/><path d="%3$s" fill="#000"/></svg>
                """.formatted(side(), title, path);
    }

    /** As a PNG of black and white, {@code scale} pixels a module. */
    byte[] png(int scale) {
        var rows = new boolean[side()][side()];
        for (int y = 0; y < side(); y++) for (int x = 0; x < side(); x++) rows[y][x] = dark(x, y);
        return Png.of(rows, scale);
    }
}
