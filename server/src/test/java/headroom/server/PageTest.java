package headroom.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import headroom.store.InMemoryStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page in a real browser. Skipped, visibly, where there is no Chromium. */
final class PageTest {
  private static final double PATIENCE_MILLIS = 60_000;

  private static Browser browser;
  private static TestServer server;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> chromium = Browser.installed();
    assumeTrue(chromium.isPresent(), "no Chromium here: install it to test the page");
    browser = Browser.start(chromium.orElseThrow());
    setDefaultAssertionTimeout(PATIENCE_MILLIS);
    server = TestServer.showing(TestServer.OPTIONS);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  /** Errors in the console, violations of the page's policy among them. */
  @AfterEach
  void nothingToComplain() {
    assertThat(complaints).as("errors in the browser's console").isEmpty();
  }

  private BrowserContext context(int width) {
    return browser
        .get()
        .newContext(
            new NewContextOptions().setViewportSize(width, 900).setColorScheme(ColorScheme.LIGHT));
  }

  private Page open(BrowserContext context, String url) {
    context.setDefaultTimeout(PATIENCE_MILLIS);
    Page page = context.newPage();
    page.onConsoleMessage(message -> {
      // The browser itself reports the requests that fail where a test takes the net away.
      if (message.type().equals("error") && !message.text().contains("ERR_INTERNET_DISCONNECTED")) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
    page.navigate(url);
    return page;
  }

  @Test
  void namesTheFirstToBreakAndListsTheRest() {
    try (BrowserContext context = context(1440)) {
      Page page = open(context, server.at().web());
      assertThat(page.locator(".headline"))
          .containsText("wallet/pool/ledger fails first, at 2.9× (2.6–3.3×) today’s peak of 118/s");
      assertThat(page.locator(".lead"))
          .containsText("A hidden limit may come first, from 2.6× on: responses take");
      assertThat(page.locator(".wall", new Page.LocatorOptions().setHasText("reports nothing")))
          .containsText("not below 2.6×");
      assertThat(page.locator(".disclose")).hasCount(6);
      assertThat(page.locator(".finding")).hasCount(3);
      assertThat(page.locator("#operations tbody tr")).hasCount(6);
      assertThat(page.locator("#actions tbody")).containsText("POST /exchange");
      assertThat(page.locator(".at")).containsText("wallet/executor/http break");
    }
  }

  @Test
  void aRowOpensWithItsEvidenceAndChartsAnswerThePointer() {
    try (BrowserContext context = context(1440)) {
      Page page = open(context, server.at().web());
      Locator first = page.locator(".disclose").first();
      first.click();
      assertThat(first).hasAttribute("aria-expanded", "true");
      Locator chart = page.locator(".detail:not([hidden]) headroom-chart").first();
      chart.scrollIntoViewIfNeeded();
      chart.locator("canvas").waitFor();
      chart.hover();
      assertThat(page.locator(".tip-row").first()).containsText("in use");
      page.locator("#operations tbody tr").nth(2).click();
      assertThat(page.locator("#operations tr.shown")).containsText("notifications");
      page.locator("#operations headroom-chart canvas").first().waitFor();
    }
  }

  @Test
  void isReachedByKeyboardAlone() {
    try (BrowserContext context = context(1440)) {
      Page page = open(context, server.at().web());
      page.locator(".headline").waitFor();
      page.keyboard().press("Tab");
      assertThat(page.locator(".skip")).isFocused();
      page.keyboard().press("Enter");
      page.keyboard().press("Tab");
      Locator row = page.locator(".disclose").first();
      assertThat(row).isFocused();
      page.keyboard().press("Enter");
      assertThat(row).hasAttribute("aria-expanded", "true");
      Object unlabelled =
          page.evaluate(
              "[...document.querySelectorAll('button, a, input')]"
                  + ".filter(e => !(e.innerText.trim() || e.getAttribute('aria-label'))).length");
      assertThat(unlabelled).isEqualTo(0);
    }
  }

  @Test
  void fitsNarrowScreens() {
    for (int width : new int[] {390, 1440}) {
      try (BrowserContext context = context(width)) {
        Page page = open(context, server.at().web());
        page.locator(".disclose").first().click();
        page.locator(".detail:not([hidden]) headroom-chart").first().waitFor();
        Object overflow =
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(overflow).as("pixels beyond a width of " + width).isEqualTo(0);
      }
    }
  }

  @Test
  void theThemeCanBeChosenAndIsRemembered() {
    try (BrowserContext context = context(1440)) {
      Page page = open(context, server.at().web());
      page.locator(".theme").click();
      assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
      page.reload();
      assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    }
  }

  @Test
  void saysSoWhenTheServerIsGoneAndGoesOn() {
    try (BrowserContext context = context(1440)) {
      Page page = open(context, server.at().web());
      page.locator(".headline").waitFor();
      context.setOffline(true);
      page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
      assertThat(page.locator(".banner")).containsText("has not answered since");
      assertThat(page.locator(".headline")).containsText("wallet/pool/ledger");
      context.setOffline(false);
      page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
      assertThat(page.locator(".banner")).hasCount(0);
    }
  }

  @Test
  void saysWhatToDoWhenThereIsNothingYet() throws Exception {
    try (var empty =
            TestServer.start(
                TestServer.OPTIONS,
                new InMemoryStore(),
                NoTelemetry.worker(),
                NoTelemetry.analysis(TestServer.NOW));
        BrowserContext context = context(390)) {
      Page page = open(context, empty.at().web());
      assertThat(page.locator(".welcome"))
          .containsText("OTEL_EXPORTER_OTLP_ENDPOINT=" + empty.at().otlpHttp());
    }
  }
}
