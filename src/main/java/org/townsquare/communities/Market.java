package org.townsquare.communities;

import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.Currency;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.townsquare.identity.Permission;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Paging;
import org.townsquare.platform.Problem.BadRequest;
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

    /** Open to all; none where none is asked for. Problems: {@code parameter-invalid}. */
    static Uni<@Nullable Market> asked(@Nullable String code) {
        if (code == null) return Uni.createFrom().nullItem();
        return coded(code)
                .onFailure(Unprocessable.class)
                .transform(e -> new BadRequest("parameter-invalid", "market is the code of a market."));
    }

    /** Open to all, in the order in which they were added. */
    static Uni<List<Market>> page(Paging paging) {
        return Market.<Market>find(
                        "from Market m where m.id > ?1 order by m.id",
                        paging.after(Cursor.of(new UUID(0, 0))).id())
                .page(0, paging.rows())
                .list();
    }

    /** Open to all, locked for an act; else {@code not-found}. */
    static Uni<Market> held(UUID id) {
        return Market.<Market>find("from Market m where m.id = ?1", id)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(NotFound::new);
    }

    /**
     * Problems: {@code not-allowed}, {@code country-unknown}, {@code currency-unknown}, {@code locale-unknown}, {@code time-zone-unknown}; at the flush
     * {@code market-code-taken}.
     */
    static Market add(Viewer by, AddMarket in) {
        by.requirePlatform(Permission.MARKET_EDIT);
        Market market = new Market();
        market.code = in.code();
        market.name = in.name().strip();
        market.country = in.country() == null ? null : knownCountry(in.country());
        market.currency = knownCurrency(in.currency());
        market.locale = knownLocale(in.locale());
        market.timeZone = knownZone(in.timeZone());
        return market;
    }

    MarketAdded added() {
        return new MarketAdded(id);
    }

    /**
     * What happened: nothing, where everything is as it was. Problems: {@code not-allowed}, {@code country-unknown}, {@code currency-unknown}, {@code
     * locale-unknown}, {@code time-zone-unknown}.
     */
    List<MarketChanged> edit(Viewer by, EditMarket in) {
        by.requirePlatform(Permission.MARKET_EDIT);
        var changed = new ArrayList<MarketChanged.Field>();
        String newName = in.name() == null ? name : in.name().strip();
        if (!newName.equals(name)) changed.add(MarketChanged.Field.NAME);
        name = newName;
        String asked = in.country();
        String newCountry = asked == null ? country : asked.isEmpty() ? null : knownCountry(asked);
        if (!Objects.equals(newCountry, country)) changed.add(MarketChanged.Field.COUNTRY);
        country = newCountry;
        String newCurrency = in.currency() == null ? currency : knownCurrency(in.currency());
        if (!newCurrency.equals(currency)) changed.add(MarketChanged.Field.CURRENCY);
        currency = newCurrency;
        String newLocale = in.locale() == null ? locale : knownLocale(in.locale());
        if (!newLocale.equals(locale)) changed.add(MarketChanged.Field.LOCALE);
        locale = newLocale;
        String newZone = in.timeZone() == null ? timeZone : knownZone(in.timeZone());
        if (!newZone.equals(timeZone)) changed.add(MarketChanged.Field.TIME_ZONE);
        timeZone = newZone;
        return changed.isEmpty() ? List.of() : List.of(new MarketChanged(id, List.copyOf(changed)));
    }

    private static String knownCountry(String country) {
        if (!Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).contains(country))
            throw new Unprocessable("country-unknown", "country is a code of ISO 3166, such as NG.");
        return country;
    }

    private static String knownCurrency(String currency) {
        try {
            return Currency.getInstance(currency).getCurrencyCode();
        } catch (IllegalArgumentException e) {
            throw new Unprocessable("currency-unknown", "currency is a code of ISO 4217, such as NGN.");
        }
    }

    private static String knownLocale(String tag) {
        try {
            var locale = new Locale.Builder().setLanguageTag(tag).build();
            if (!locale.getLanguage().isEmpty()) return locale.toLanguageTag();
        } catch (IllformedLocaleException e) {
            throw unknownLocale();
        }
        throw unknownLocale();
    }

    private static Unprocessable unknownLocale() {
        return new Unprocessable("locale-unknown", "locale is a language tag of BCP 47, such as en-NG.");
    }

    private static String knownZone(String zone) {
        if (!ZoneRulesProvider.getAvailableZoneIds().contains(zone))
            throw new Unprocessable("time-zone-unknown", "timeZone is an IANA zone, such as Africa/Lagos.");
        return zone;
    }
}
