package org.townsquare.identity;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.townsquare.town.Database;
import org.townsquare.town.Person;

/** A proxy that is trusted, as an operator configures it, says whose request it passes on. */
@QuarkusTest
@TestProfile(ForwardedAddressTest.BehindAProxy.class)
@QuarkusTestResource(Database.class)
class ForwardedAddressTest {
    public static class BehindAProxy implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.proxy.proxy-address-forwarding", "true",
                    "quarkus.http.proxy.allow-forwarded", "true",
                    "quarkus.http.proxy.allow-x-forwarded", "true",
                    "quarkus.http.proxy.trusted-proxies", "127.0.0.1,::1");
        }
    }

    @Inject
    Pepper pepper;

    static ValidatableResponse signIn(Person person, String password, String header, String value) {
        return Person.nobody()
                .header(header, value)
                .body(Map.of("email", person.email(), "password", password))
                .post("/api/v1/sessions")
                .then();
    }

    private static String of(String header, String address) {
        return header.equals("Forwarded") ? "for=" + address + ";proto=http" : address;
    }

    @ParameterizedTest
    @CsvSource({"X-Forwarded-For, 203.0.113", "Forwarded, 198.51.100"})
    void wrong_passwords_are_counted_for_the_network_that_is_forwarded(String header, String network) {
        Person ada = Person.named("Ada");
        for (int i = 1; i <= 5; i++)
            signIn(ada, "not the password", header, of(header, network + "." + i))
                    .statusCode(401);
        assertEquals(
                1,
                Database.update(
                        "update throttle set blocked_until = clock_timestamp() + interval '1 minute' where bucket = ? and count = 5",
                        pepper.hmac("sign-in", pepper.network(network + ".0").text(), ada.email())
                                .bytes()));
        signIn(ada, Person.PASSWORD, header, of(header, network + ".200"))
                .statusCode(429)
                .body("code", is("too-many-tries"));
        signIn(ada, Person.PASSWORD, header, of(header, "192.0.2.1")).statusCode(201);
        ada.again();
    }

    @Test
    void a_session_is_of_the_network_that_is_forwarded() {
        Person ada = Person.named("Ada");
        Person away = ada.by(signIn(ada, Person.PASSWORD, "X-Forwarded-For", "203.0.113.7")
                .statusCode(201)
                .extract()
                .path("token"));
        away.sends()
                .header("X-Forwarded-For", "203.0.113.8")
                .get("/api/v1/me/sessions")
                .then()
                .statusCode(200)
                .body("items.sameNetwork", contains(true, false));
        away.sends()
                .header("X-Forwarded-For", "198.51.100.8")
                .get("/api/v1/me/sessions")
                .then()
                .body("items.sameNetwork", contains(false, false));
        away.sends().get("/api/v1/me/sessions").then().body("items.sameNetwork", contains(false, true));
        assertEquals(
                List.of("203.0.113.7"),
                Database.texts(
                        "select o.ip from journal_origin o join journal_entry e on e.id = o.entry_id where e.kind = 'SignedIn' and e.actor_id = ?::uuid",
                        ada.id()));
    }

    /** What the client has sent itself stands before what the proxy adds. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    X-Forwarded-For | 203.0.113.9                                      | 203.0.113.9
                    X-Forwarded-For | 192.0.2.1, 203.0.113.9                           | 203.0.113.9
                    X-Forwarded-For | 127.0.0.1,203.0.113.9:4711                       | 203.0.113.9
                    X-Forwarded-For | 2001:db8:1:2::3                                  | 2001:db8:1:2::3
                    X-Forwarded-For | [2001:db8:1:2::3]:4711                           | 2001:db8:1:2::3
                    Forwarded       | for=192.0.2.1, proto=https;for=203.0.113.9:4711  | 203.0.113.9
                    Forwarded       | for=192.0.2.1,For="[2001:db8:1:2::3]:4711"       | 2001:db8:1:2::3
                    """)
    void of_several_addresses_the_one_that_the_proxy_saw_counts(String header, String value, String address) {
        Person ada = Person.named("Ada");
        signIn(ada, Person.PASSWORD, header, value).statusCode(201);
        assertEquals(
                List.of(address),
                Database.texts(
                        "select o.ip from journal_origin o join journal_entry e on e.id = o.entry_id where e.kind = 'SignedIn' and e.actor_id = ?::uuid",
                        ada.id()));
    }

    @Test
    void so_it_does_in_the_last_of_several_headers() {
        Person ada = Person.named("Ada");
        Person.nobody()
                .header("X-Forwarded-For", "192.0.2.1", "203.0.113.9")
                .body(Map.of("email", ada.email(), "password", Person.PASSWORD))
                .post("/api/v1/sessions")
                .then()
                .statusCode(201);
        assertEquals(
                List.of("203.0.113.9"),
                Database.texts(
                        "select o.ip from journal_origin o join journal_entry e on e.id = o.entry_id where e.kind = 'SignedIn' and e.actor_id = ?::uuid",
                        ada.id()));
    }
}
