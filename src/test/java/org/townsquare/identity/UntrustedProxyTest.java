package org.townsquare.identity;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.townsquare.town.Database;
import org.townsquare.town.Person;

/** Whoever is not the trusted proxy says nothing of where a request comes from. */
@QuarkusTest
@TestProfile(UntrustedProxyTest.BehindAnother.class)
@QuarkusTestResource(Database.class)
class UntrustedProxyTest {
    public static class BehindAnother implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.proxy.proxy-address-forwarding", "true",
                    "quarkus.http.proxy.allow-forwarded", "true",
                    "quarkus.http.proxy.allow-x-forwarded", "true",
                    "quarkus.http.proxy.trusted-proxies", "192.0.2.77");
        }
    }

    @Inject
    Pepper pepper;

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For: 203.0.113.", "Forwarded: for=203.0.113."})
    void its_headers_are_not_believed(String line) {
        String header = line.substring(0, line.indexOf(':'));
        String address = line.substring(line.indexOf(' ') + 1);
        Person ada = Person.named("Ada");
        for (int i = 1; i <= 5; i++)
            ForwardedAddressTest.signIn(ada, "not the password", header, address + i)
                    .statusCode(401);
        assertEquals(
                1,
                Database.update(
                        "update throttle set blocked_until = clock_timestamp() + interval '1 minute' where bucket = ? and count = 5",
                        pepper.hmac("sign-in", pepper.network("127.0.0.1").text(), ada.email())
                                .bytes()));
        ForwardedAddressTest.signIn(ada, Person.PASSWORD, header, "198.51.100.1")
                .statusCode(429)
                .body("code", is("too-many-tries"));
        assertEquals(
                List.of("127.0.0.1"),
                Database.texts(
                        "select distinct o.ip from journal_origin o join journal_entry e on e.id = o.entry_id where e.actor_id = ?::uuid",
                        ada.id()));
    }
}
