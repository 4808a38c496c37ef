package org.townsquare.identity;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Page;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.BadRequest;
import org.townsquare.platform.Text;

@Path("/api/v1/users")
@Cancellable(false)
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(PlatformRole.ADMIN)
class UsersResource {
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,250}@[^@\\s]{1,250}");

    private final Caller caller;

    UsersResource(Caller caller) {
        this.caller = caller;
    }

    /** Problems: {@code parameter-invalid}. */
    @GET
    @WithSession
    @Access(Permission.PLATFORM_USERS)
    @Operation(operationId = "listUsers", summary = "Find a user by e-mail, or list all (platform admins)")
    @APIResponse(responseCode = "200", description = "A page of users, newest first")
    public Uni<RestResponse<Page<PlatformUserView>>> list(
            @QueryParam("email") @Parameter(description = "The whole e-mail, without regard to case.") @Nullable
                    String email,
            @BeanParam Paging paging) {
        caller.requirePlatform(Permission.PLATFORM_USERS);
        return User.page(whole(email), paging)
                .map(rows -> rows.stream().map(PlatformUserView::of).toList())
                .map(rows -> paging.answer(rows, row -> Cursor.of(row.id())));
    }

    private static @Nullable String whole(@Nullable String email) {
        if (email == null || email.isEmpty()) return null;
        if (!Text.isStorable(email) || !EMAIL.matcher(email).matches())
            throw new BadRequest("parameter-invalid", "email is a whole e-mail address.");
        return email;
    }
}
