package org.townsquare.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ScreenshotType;
import com.microsoft.playwright.options.ViewportSize;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.townsquare.town.Browser;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Person;
import org.townsquare.town.Rows;
import org.townsquare.town.Village;

/** The pages as people use them, in a real browser. */
@QuarkusTest
@QuarkusTestResource(Database.class)
class BrowserTest {
    /** Several parts, right to left, and combining. */
    private static final String NAME = "\u05d3\u05d9\u05e0\u05d4 \uD83D\uDC69\u200D\uD83D\uDE80 e\u0301";

    private static Browser browser;

    @BeforeAll
    static void open() {
        browser = Browser.open();
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    }

    @AfterAll
    static void close() {
        if (browser != null) browser.close();
    }

    @Test
    void an_organiser_runs_an_event_from_sign_in_to_cancellation() {
        Village village = Village.of(Map.of("name", "Oak street"));
        Person olga = village.joinedBy(Person.named("Olga"), "ORGANIZER");
        Page page = browser.window();
        page.navigate("/organise");
        assertThat(page).hasURL(Pattern.compile("/sign-in"));
        Browser.accessible(page);
        page.getByLabel("E-mail").fill(olga.email());
        page.getByLabel("Password").fill("not my password");
        press(page, "Sign in");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The e-mail or the password is wrong");
        Browser.accessible(page);
        page.getByLabel("Password").fill(Person.PASSWORD);
        press(page, "Sign in");

        assertThat(page).hasURL(Pattern.compile("/organise$"));
        Browser.accessible(page);
        follow(page, "Oak street");
        page.getByLabel("Name").fill("Assemblies");
        Browser.accessible(page);
        press(page, "Make the group");
        assertThat(page.getByRole(AriaRole.HEADING, named("Assemblies"))).isVisible();

        page.getByLabel("Title").fill("Spring assembly");
        page.getByLabel("Begins, where the event is").fill("2031-03-30T02:30");
        page.getByLabel("Minutes that it lasts").fill("90");
        page.getByLabel("Time zone of the event").fill("Europe/Atlantis");
        page.getByLabel("Place", exact()).fill("Town hall");
        Browser.accessible(page);
        press(page, "Schedule the event");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("There is no such time zone");
        Browser.accessible(page);
        assertThat(page.getByLabel("Title")).hasValue("Spring assembly");
        page.getByLabel("Time zone of the event").fill("Europe/Berlin");
        picture(page, "organise-event");
        press(page, "Schedule the event");
        // that night the clocks leave half past two out
        assertThat(page.getByText("Sunday, 30 March 2031, 03:30 (Europe/Berlin)"))
                .isVisible();
        Browser.accessible(page);
        String event = page.url().replaceFirst(".*/", "");
        String code = Database.texts("select code_text from event where id = ?::uuid", event)
                .get(0);

        Page screen = page.context().newPage();
        screen.navigate("/events/" + event + "/display");
        assertThat(screen.locator(".code")).containsText(code.substring(0, 4) + "-");
        Browser.accessible(screen);
        picture(screen, "organise-display");

        Page phone = browser.window(Browser.options().setViewportSize(new ViewportSize(390, 700)));
        phone.navigate("/C/" + code);
        picture(phone, "arrive-event");
        press(phone, "Check in");
        assertThat(phone.getByRole(AriaRole.STATUS)).containsText("You are checked in");
        picture(phone, "arrive-result");
        Person dina = Person.named(NAME);
        dina.sends(Map.of("code", code)).post("/api/v1/check-ins").then().statusCode(201);

        follow(page, "Show anew");
        assertThat(page.getByText("Somebody without a name")).isVisible();
        assertThat(page.locator("li strong").filter(new Locator.FilterOptions().setHasText(NAME)))
                .isVisible();
        Browser.accessible(page);

        page.getByLabel("Name of a walk-in").fill("Walter =1+1");
        press(page, "Add the walk-in");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Walter =1+1 is checked in, since");
        assertThat(page.getByRole(AriaRole.STATUS)).isFocused();
        Browser.accessible(page);
        village.joinedBy(Person.named("Annabel"));
        page.getByLabel("Check in somebody you know").fill("nnab");
        press(page, "Find");
        Browser.accessible(page);
        press(page, "Check in Annabel");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Annabel is checked in, since");
        Locator walter = page.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText("Walter"));
        walter.getByText("Take back").first().click();
        walter.getByLabel("Reason").fill("He left at once");
        Browser.accessible(page);
        walter.getByRole(AriaRole.BUTTON).click();
        assertThat(page.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText("Walter")))
                .containsText("taken back");
        assertEquals(
                3, Rows.count("select count(*) from attendance where event_id = ?::uuid and voided_at is null", event));
        Browser.accessible(page);
        Locator roll = page.getByRole(AriaRole.HEADING, named("Roll"));
        roll.evaluate("it => it.scrollIntoView()");
        assertThat(roll).isInViewport();
        picture(page, "organise-roll");

        press(page, "New code in place of this one");
        assertThat(page.getByText(code)).hasCount(0);
        code = Database.texts("select code_text from event where id = ?::uuid", event)
                .get(0);
        assertThat(page.getByText(code)).isVisible();

        press(page, "Close check-in");
        assertThat(phase(page)).hasText("closed");
        phone.navigate("/c/" + code);
        assertThat(phone.getByRole(AriaRole.ALERT)).containsText("Check-in is closed");
        page.getByText("Reopen check-in").first().click();
        page.locator("#reopen-reason").fill("One more is coming");
        Browser.accessible(page);
        press(page, "Reopen check-in");
        assertThat(phase(page)).hasText("open");
        page.getByText("Cancel the event").first().click();
        page.locator("#cancel-reason").fill("Storm");
        press(page, "Cancel the event");
        assertThat(phase(page)).hasText("cancelled");
        Browser.accessible(page);
        assertEquals(
                List.of("EventScheduled", "EventCodeReplaced", "EventClosed", "EventReopened", "EventCancelled"),
                Database.texts(
                        "select kind from journal_entry where subject_id = ?::uuid and kind like 'Event%' order by id",
                        event));
        press(page, "Sign out");
        assertThat(page).hasURL(Pattern.compile("/sign-in"));
        page.navigate("/organise/events/" + event);
        assertThat(page).hasURL(Pattern.compile("/sign-in\\?next="));
    }

    @Test
    void the_screen_learns_that_check_in_was_closed() {
        Gathering event = Gathering.open();
        Page screen = signedIn(event.host(), browser.window());
        screen.clock().install();
        screen.navigate("/events/" + event.id() + "/display");
        assertThat(screen.locator(".code")).containsText(event.code().substring(4));
        event.act("closure", Map.of()).statusCode(200);
        screen.clock().runFor(10_500);
        assertThat(screen.getByText("Check-in is closed")).isVisible();
        assertThat(screen.locator(".symbol")).hasCount(0);
        Browser.accessible(screen);
    }

    @ParameterizedTest
    @CsvSource({"1280,720", "1920,1080", "1024,768", "1080,1920", "768,1024", "390,844"})
    void the_symbol_and_the_code_are_as_large_as_the_hall_needs(int width, int height) {
        Gathering event = Gathering.of(Map.of("title", "Assembly of the whole neighbourhood, with " + NAME));
        Page screen = signedIn(
                event.host(), browser.window(Browser.options().setViewportSize(new ViewportSize(width, height))));
        screen.navigate("/events/" + event.id() + "/display");
        // without its quiet zone
        BoundingBox symbol = screen.locator(".symbol svg path").boundingBox();
        assertTrue(symbol.width >= 0.6 * Math.min(width, height), "symbol " + symbol.width);
        assertEquals(symbol.width, symbol.height, 1);
        assertTrue(symbol.x >= 0 && symbol.x + symbol.width <= width, "it is cut off");
        // the height of a capital letter, which is less than that of its line
        double capital = ((Number)
                        screen.evaluate("() => { const c = document.createElement('canvas').getContext('2d');"
                                + "c.font = getComputedStyle(document.querySelector('.code')).font;"
                                + "const m = c.measureText('7K3M'); return m.actualBoundingBoxAscent; }"))
                .doubleValue();
        assertTrue(capital >= 0.08 * height, "code " + capital);
        assertThat(screen.locator(".code"))
                .hasText(event.code().substring(0, 4) + "-" + event.code().substring(4));
        Browser.fits(screen);
        Browser.accessible(screen);
    }

    @Test
    void somebody_without_scripts_checks_in_twice_and_is_there_once() {
        Gathering event = Gathering.of(Map.of("title", NAME, "place", NAME));
        Page phone = browser.window(
                Browser.options().setJavaScriptEnabled(false).setViewportSize(new ViewportSize(320, 600)));
        phone.navigate("/c/" + event.code());
        assertThat(phone.getByRole(AriaRole.HEADING)).hasText(NAME);
        press(phone, "Check in");
        assertThat(phone.getByRole(AriaRole.STATUS)).containsText("You are checked in");
        phone.navigate("/c/" + event.code());
        press(phone, "Check in");
        assertThat(phone.getByRole(AriaRole.STATUS)).containsText("You were checked in already");
        assertEquals(1, Rows.count("select count(*) from attendance where event_id = ?::uuid", event.id()));
    }

    @Test
    void somebody_signs_in_on_the_way_and_is_checked_in_by_name() {
        Gathering event = Gathering.open();
        Person dina = Person.named(NAME);
        Page phone = browser.window();
        phone.navigate("/c/" + event.code());
        follow(phone, "Sign in to check in by name");
        signIn(dina, phone);
        assertThat(phone).hasURL(Pattern.compile("/c/" + event.code() + "$"));
        assertThat(phone.getByText("You are signed in and check in by name")).isVisible();
        press(phone, "Check in");
        Locator result = phone.getByRole(AriaRole.STATUS);
        assertThat(result).containsText("You are checked in");
        assertThat(result).isFocused();
        assertThat(phone.getByText("Receipt")).isVisible();
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from attendance where event_id = ?::uuid and participant_id = ?::uuid",
                        event.id(),
                        dina.id()));
    }

    @Test
    void somebody_whom_an_event_asks_for_their_name_signs_in_from_the_refusal() {
        Gathering event = Gathering.of(Map.of("admission", "SIGNED_IN"));
        Person dina = Person.named(NAME);
        Page phone = browser.window();
        phone.navigate("/c/" + event.code());
        press(phone, "Check in");
        refused(phone, "Sign in, then try again");
        follow(phone, "Sign in");
        signIn(dina, phone);
        press(phone, "Check in");
        assertThat(phone.getByRole(AriaRole.STATUS)).containsText("You are checked in");
        assertEquals(1, standing(event));
    }

    @Test
    void somebody_takes_a_check_in_back_and_comes_again() {
        Gathering event = Gathering.of(Map.of("capacity", 1));
        Page phone = browser.window();
        phone.navigate("/c/" + event.code());
        press(phone, "Check in");
        Browser.accessible(phone);
        press(phone, "Take it back");
        assertThat(phone.getByRole(AriaRole.STATUS)).containsText("was taken back");
        Browser.accessible(phone);
        assertEquals(0, standing(event));
        phone.navigate("/c/" + event.code());
        press(phone, "Check in");
        assertThat(phone.getByRole(AriaRole.STATUS)).containsText("You are checked in");
        assertEquals(1, standing(event));
    }

    @Test
    void somebody_who_checked_in_without_a_name_puts_it_there_later() {
        Gathering event = Gathering.open();
        Person dina = Person.named("Dina");
        Page phone = browser.window();
        phone.navigate("/c/" + event.code());
        press(phone, "Check in");
        follow(phone, "Sign in to put your name to it");
        signIn(dina, phone);
        Browser.accessible(phone);
        press(phone, "Put my name to it");
        assertThat(phone.getByText("Receipt")).isVisible();
        assertEquals(
                1,
                Rows.count(
                        "select count(*) from attendance where event_id = ?::uuid and participant_id = ?::uuid and voided_at is null",
                        event.id(),
                        dina.id()));
        assertEquals(1, standing(event));
    }

    private static long standing(Gathering event) {
        return Rows.count("select count(*) from attendance where event_id = ?::uuid and voided_at is null", event.id());
    }

    @Test
    void a_typed_code_leads_to_its_event() {
        Gathering event = Gathering.open();
        Page page = browser.window();
        page.navigate("/c");
        Browser.accessible(page);
        page.getByLabel("Code of the event").fill(event.code().toLowerCase(java.util.Locale.ROOT));
        press(page, "Continue");
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("Assembly");
        Browser.accessible(page);
    }

    @Test
    void each_refusal_is_an_alert_with_a_remedy() {
        Gathering closed = Gathering.of(Map.of("closesAt", "2026-01-01T00:00:00Z"));
        Gathering scheduled =
                Gathering.of(Map.of("opensAt", Instant.now().plusSeconds(3_600).toString()));
        Gathering cancelled = Gathering.open();
        cancelled.act("cancellation", Map.of("reason", "Storm")).statusCode(200);
        refused("/c/" + closed.code(), "Check-in is closed. Ask the organisers");
        refused("/c/" + scheduled.code(), "Come back then");
        refused("/c/" + cancelled.code(), "This event was cancelled. Ask its organisers");
        Gathering renewed = Gathering.open();
        renewed.act("code", Map.of()).statusCode(200);
        refused("/c/" + renewed.code(), "Scan the one that is shown now");
        refused("/c/00000000", "Compare it with the one that is shown, or scan again");
        Gathering full = Gathering.of(Map.of("capacity", 1));
        full.checkInAnonymously().statusCode(201);
        Page page = browser.window();
        page.navigate("/c/" + full.code());
        press(page, "Check in");
        refused(page, "Every place is taken. Ask the organisers");
    }

    private static void refused(String path, String words) {
        Page page = browser.window();
        page.navigate(path);
        refused(page, words);
        page.context().close();
    }

    private static void refused(Page page, String words) {
        Locator alert = page.getByRole(AriaRole.ALERT);
        assertThat(alert).containsText(words);
        assertThat(alert).isFocused();
        Browser.accessible(page);
        Browser.fits(page);
    }

    @Test
    void every_page_fits_a_small_screen_in_french_too() {
        Gathering event = Gathering.in(
                Village.of(Map.of("name", "Oak " + "o".repeat(100))),
                Map.of("title", "W".repeat(150), "place", NAME.repeat(9), "capacity", 30));
        event.checkIn(event.host()).statusCode(201);
        var small = Browser.options().setLocale("fr-CH").setViewportSize(new ViewportSize(320, 640));
        Page page = signedIn(event.host(), browser.window(small));
        for (String path : List.of(
                "/c",
                "/c/" + event.code(),
                "/c/00000000",
                "/sign-in",
                "/organise",
                "/organise/communities/" + event.village().id(),
                "/organise/groups/" + event.groupId(),
                "/organise/events/" + event.id(),
                "/events/" + event.id() + "/display",
                "/nowhere")) {
            page.navigate(path);
            assertThat(page.locator("html")).hasAttribute("lang", "fr");
            assertThat(page.locator("html")).hasAttribute("dir", "ltr");
            Browser.fits(page);
            Browser.accessible(page);
        }
        page.navigate("/c/" + event.code());
        press(page, "Pointer ma présence");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Votre présence était déjà enregistrée");
        Browser.fits(page);
        Browser.accessible(page);
    }

    private static Page signedIn(Person person, Page page) {
        page.navigate("/sign-in");
        page.locator("[name=email]").fill(person.email());
        page.locator("[name=password]").fill(Person.PASSWORD);
        page.locator("main button").click();
        assertThat(page).hasURL(Pattern.compile("/organise$"));
        return page;
    }

    private static void signIn(Person person, Page page) {
        page.getByLabel("E-mail").fill(person.email());
        page.getByLabel("Password").fill(Person.PASSWORD);
        press(page, "Sign in");
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, named(button)).click();
    }

    private static void follow(Page page, String link) {
        page.getByRole(AriaRole.LINK, named(link)).click();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Page.GetByLabelOptions exact() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    private static Locator phase(Page page) {
        return page.locator("dd.tags");
    }

    /** For the stories in docs/: taken anew by {@code -Dtownsquare.docs=write}. */
    private static void picture(Page page, String name) {
        Path path = Path.of("docs/images/" + name + ".png");
        if (System.getProperty("townsquare.docs", "").equals("write"))
            page.screenshot(new Page.ScreenshotOptions().setPath(path).setType(ScreenshotType.PNG));
        else assertTrue(Files.exists(path), path + " is missing");
    }
}
