package org.townsquare.platform;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The parameters of every list: {@code limit} (1 to 100, default 20) and {@code cursor}. */
public class Paging {
    private static final int DEFAULT = 20;
    private static final int MOST = 100;

    @QueryParam("limit")
    @Parameter(
            description = "How many items, at most 100.",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100", defaultValue = "20"))
    @Nullable
    String limit;

    @QueryParam("cursor")
    @Parameter(description = "The `next` of the page before.")
    @Nullable
    String cursor;

    @Context
    UriInfo at;

    /** One row more than a page holds tells that there is a next one. Problems: {@code parameter-invalid}. */
    public int rows() {
        return size() + 1;
    }

    private int size() {
        if (limit == null) return DEFAULT;
        try {
            int size = Integer.parseInt(limit);
            if (size >= 1 && size <= MOST) return size;
        } catch (NumberFormatException e) {
            throw invalid();
        }
        throw invalid();
    }

    /** Where the page before ended, or {@code first}. Problems: {@code cursor-invalid}. */
    public Cursor after(Cursor first) {
        return cursor == null ? first : Cursor.parse(cursor, list());
    }

    /** The answer, with the header {@code Link} where there is a next page. */
    public <T> RestResponse<Page<T>> answer(List<T> rows, Function<T, Cursor> key) {
        return answer(rows, key, null);
    }

    /**
     * The same of a list that is looked through for what may be shown.
     *
     * @param upTo where it was left before there were enough, and the next page goes on; null where it was looked through
     */
    public <T> RestResponse<Page<T>> answer(List<T> rows, Function<T, Cursor> key, @Nullable Cursor upTo) {
        boolean more = rows.size() > size();
        List<T> items = more ? rows.subList(0, size()) : rows;
        Cursor end = more ? key.apply(items.get(items.size() - 1)) : upTo;
        if (end == null) return RestResponse.ok(new Page<>(items, null));
        String next = end.text(list());
        var link = at.getRequestUriBuilder().replaceQueryParam("cursor", next).build();
        return RestResponse.ResponseBuilder.ok(new Page<>(items, next))
                .header("Link", "<" + link.getRawPath() + "?" + link.getRawQuery() + ">; rel=\"next\"")
                .build();
    }

    /** A cursor belongs to the path of its list; of two lists on one path the filters may differ, the order may not. */
    private String list() {
        return at.getPath();
    }

    private static Problem invalid() {
        return new Problem.BadRequest("parameter-invalid", "limit is a whole number from 1 to 100.");
    }
}
