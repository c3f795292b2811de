package dev.caelum.e2e.lan;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test that has a {@link Lab} parameter a LAN of its own, closed after the test; its files
 * are in {@code target/lan/CLASS/METHOD}. Where no LAN can be made the test is skipped.
 */
public final class LabExtension implements ExecutionCondition, ParameterResolver {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    String obstacle = Lab.obstacle();
    return obstacle.isEmpty()
        ? ConditionEvaluationResult.enabled("namespaces of our own")
        : ConditionEvaluationResult.disabled(obstacle);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Lab.class;
  }

  @Override
  public Lab resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Path folder =
        Path.of(
            "target",
            "lan",
            context.getRequiredTestClass().getSimpleName(),
            context.getRequiredTestMethod().getName());
    try {
      Lab lab = new Lab(Folders.fresh(folder.toAbsolutePath()));
      context.getStore(Namespace.create(LabExtension.class)).put(Lab.class, lab);
      return lab;
    } catch (IOException e) {
      throw new ParameterResolutionException("no lab", e);
    }
  }
}
