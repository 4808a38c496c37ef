package org.townsquare.events;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Problem;

/** The parameters of a roll as CSV: {@code bom} and {@code escape}. */
public class CsvForm {
    @QueryParam("bom")
    @Parameter(
            description = "0 for none of the byte order mark by which spreadsheets know UTF-8.",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"0", "1"},
                            defaultValue = "1"))
    @Nullable
    String bom;

    @QueryParam("escape")
    @Parameter(
            description = "none where a program reads it: the bare text, also of what looks like a formula.",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"formulas", "none"},
                            defaultValue = "formulas"))
    @Nullable
    String escape;

    CsvForm() {}

    /** Problems: {@code parameter-invalid}. */
    CsvRoll writer() {
        return new CsvRoll(is("bom", bom, "1", "0"), is("escape", escape, "formulas", "none"));
    }

    private static boolean is(String name, @Nullable String value, String usual, String other) {
        if (value == null || value.equals(usual)) return true;
        if (value.equals(other)) return false;
        throw new Problem.BadRequest("parameter-invalid", name + " is " + usual + " or " + other + ".");
    }
}
