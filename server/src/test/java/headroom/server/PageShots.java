package headroom.server;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Takes pictures of a running page, wide and narrow, light and dark: {@code PageShots URL FOLDER
 * PREFIX}.
 */
final class PageShots {
  private PageShots() {}

  public static void main(String[] arguments) {
    String url = arguments[0];
    Path folder = Path.of(arguments[1]);
    try (Browser browser = Browser.start(Browser.installed().orElseThrow())) {
      for (int width : new int[] {1440, 390}) {
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
          String name =
              "%s-%d-%s.png".formatted(arguments[2], width, scheme.name().toLowerCase(Locale.ROOT));
          shoot(browser, url, width, scheme, folder.resolve(name));
        }
      }
    }
  }

  private static void shoot(Browser browser, String url, int width, ColorScheme scheme, Path file) {
    try (BrowserContext context =
        browser
            .get()
            .newContext(
                new NewContextOptions()
                    .setViewportSize(width, width > 800 ? 900 : 844)
                    .setDeviceScaleFactor(width > 800 ? 1 : 2)
                    .setColorScheme(scheme))) {
      Page page = context.newPage();
      page.onConsoleMessage(message -> System.out.println(message.type() + ": " + message.text()));
      page.onPageError(error -> System.out.println("page error: " + error));
      page.navigate(url);
      page.waitForSelector("#telemetry h3");
      var first = page.locator(".disclose").first();
      if (first.count() > 0) {
        first.click();
        page.locator(".detail:not([hidden]) headroom-chart").first().waitFor();
      }
      // Charts draw when they come into view.
      var charts = page.locator("headroom-chart");
      for (int i = 0; i < charts.count(); i++) {
        charts.nth(i).scrollIntoViewIfNeeded();
        charts.nth(i).locator("canvas").waitFor();
      }
      page.evaluate("window.scrollTo(0, 0)");
      page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
      for (String section : new String[] {"runway", "findings", "operations", "actions"}) {
        var found = page.locator("#" + section);
        if (found.count() > 0) {
          Path part = Path.of(file.toString().replace(".png", "-" + section + ".png"));
          found.screenshot(new Locator.ScreenshotOptions().setPath(part));
        }
      }
      Object overflow =
          page.evaluate(
              "document.documentElement.scrollWidth - document.documentElement.clientWidth");
      System.out.println(file + " overflow " + overflow);
    }
  }
}
