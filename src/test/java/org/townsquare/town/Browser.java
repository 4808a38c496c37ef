package org.townsquare.town;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ViewportSize;
import io.restassured.RestAssured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Chromium without a window. Where there is none ({@code -Dtownsquare.chromium=} names it) the tests that need it are skipped and say so; with
 * {@code -Dtownsquare.browser=required} they fail.
 */
public final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of(System.getProperty("townsquare.chromium", "/usr/bin/chromium"));
    private static final List<String> ARGUMENTS =
            List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking");

    /** A loaded machine is slow, and no test measures the time. */
    private static final double PATIENCE = 60_000;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private Browser() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(ARGUMENTS)
                        .setTimeout(PATIENCE));
    }

    public static Browser open() {
        if (!Files.isExecutable(CHROMIUM)) {
            if (System.getProperty("townsquare.browser", "").equals("required"))
                Assertions.fail("no Chromium at " + CHROMIUM);
            Assumptions.abort("skipped: no Chromium at " + CHROMIUM);
        }
        return new Browser();
    }

    /** A window of somebody new, in English and on a usual screen, who has scripts. */
    public Page window() {
        return window(options());
    }

    public Page window(com.microsoft.playwright.Browser.NewContextOptions options) {
        BrowserContext context = chromium.newContext(options);
        context.setDefaultTimeout(PATIENCE);
        return context.newPage();
    }

    public static com.microsoft.playwright.Browser.NewContextOptions options() {
        return new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL("http://localhost:" + RestAssured.port)
                .setLocale("en-GB")
                .setViewportSize(new ViewportSize(1280, 720));
    }

    /** What hinders somebody on this page, as axe-core sees it: nothing. */
    public static void accessible(Page page) {
        var violations = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .map(violation -> violation.getId() + ": "
                                + violation.getNodes().stream()
                                        .map(node -> node.getHtml() + " " + node.getFailureSummary())
                                        .toList())
                        .toList();
        Assertions.assertEquals(List.of(), violations, page.url());
    }

    /** Whether it fits without scrolling to the side. */
    public static void fits(Page page) {
        Assertions.assertEquals(
                0,
                page.evaluate(
                        "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"),
                page.url() + " is wider than the screen");
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
