package org.townsquare.communities;

import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Problem.NotFound;
import org.townsquare.platform.Problem.Unprocessable;

/** The context that communities stand in: country or region, currency, locale, time zone. */
@Entity
@Table(name = "market")
public class Market extends ActiveRecord {
    static final String DEFAULT = "default";

    public String code;
    public String name;
    public @Nullable String country;
    public String currency;
    public String locale;
    public String timeZone;

    Market() {}

    /** The one of a community that the viewer has found, or of a part of it. */
    public static Uni<Market> of(UUID communityId) {
        return Market.<Market>find(
                        "from Market m where m.id = (select c.marketId from Community c where c.id = ?1)", communityId)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(NotFound::new);
    }

    /** Open to all. Problems: {@code market-unknown}. */
    static Uni<Market> coded(@Nullable String code) {
        return Market.<Market>find("code", code == null ? DEFAULT : code)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> new Unprocessable("market-unknown", "There is no market with this code."));
    }
}
