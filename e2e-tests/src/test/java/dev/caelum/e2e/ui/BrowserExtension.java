package dev.caelum.e2e.ui;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test that has a {@link Browser} parameter a fresh one, closed after the test. The last
 * screen of every test is kept in {@code target/selenium/CLASS}.
 */
final class BrowserExtension implements ParameterResolver, AfterTestExecutionCallback {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class;
  }

  @Override
  public Browser resolveParameter(ParameterContext parameter, ExtensionContext context) {
    String obstacle = Browser.obstacle();
    assumeTrue(obstacle.isEmpty(), obstacle);
    return store(context).computeIfAbsent(Browser.class, key -> new Browser(), Browser.class);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) throws Exception {
    Browser browser = store(context).get(Browser.class, Browser.class);
    if (browser != null) {
      Path folder = Path.of("target", "selenium", context.getRequiredTestClass().getSimpleName());
      browser.save(folder, context.getRequiredTestMethod().getName());
    }
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(Namespace.create(BrowserExtension.class, context.getUniqueId()));
  }
}
