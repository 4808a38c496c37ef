package org.townsquare.events;

import jakarta.ws.rs.QueryParam;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Digest;
import org.townsquare.platform.Parameters;
import org.townsquare.platform.Problem;

/** The parameters of a QR: {@code ec} (M, Q or H, default M) and {@code scale} (4 to 40 pixels a module, default 10). */
public class QrForm {
    private static final int DEFAULT = 10;

    @QueryParam("ec")
    @Parameter(
            description = "Error correction: M for a screen, Q or H for print.",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"M", "Q", "H"},
                            defaultValue = "M"))
    @Nullable
    String ec;

    @QueryParam("scale")
    @Parameter(
            description = "Pixels a module, of a PNG.",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "4", maximum = "40", defaultValue = "10"))
    @Nullable
    String scale;

    QrForm() {}

    /** Problems: {@code parameter-invalid}. */
    QrLevel level() {
        QrLevel level = Parameters.oneOf(QrLevel.class, "ec", ec);
        return level == null ? QrLevel.M : level;
    }

    /** Problems: {@code parameter-invalid}. */
    int pixels() {
        if (scale == null) return DEFAULT;
        try {
            int pixels = Integer.parseInt(scale);
            if (pixels >= 4 && pixels <= 40) return pixels;
        } catch (NumberFormatException e) {
            throw invalid();
        }
        throw invalid();
    }

    private static Problem invalid() {
        return new Problem.BadRequest("parameter-invalid", "scale is a whole number from 4 to 40.");
    }

    /** The picture of this text; a code never changes what its symbol says, so it may be kept for five minutes. */
    <T> RestResponse<T> answer(T picture, String text) {
        String shown = text + " " + level() + " " + pixels();
        return RestResponse.ResponseBuilder.ok(picture)
                .header(
                        "ETag",
                        "\""
                                + Digest.sha256(shown.getBytes(StandardCharsets.UTF_8))
                                        .text() + "\"")
                .header("Cache-Control", "private, max-age=300")
                .build();
    }
}
