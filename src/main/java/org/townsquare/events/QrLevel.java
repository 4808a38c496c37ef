package org.townsquare.events;

import io.nayuki.qrcodegen.QrCode;

/** How much of a symbol may be lost (ISO/IEC 18004): M for screens, Q and H for print. */
enum QrLevel {
    M(QrCode.Ecc.MEDIUM),
    Q(QrCode.Ecc.QUARTILE),
    H(QrCode.Ecc.HIGH);

    final QrCode.Ecc ecc;

    QrLevel(QrCode.Ecc ecc) {
        this.ecc = ecc;
    }
}
