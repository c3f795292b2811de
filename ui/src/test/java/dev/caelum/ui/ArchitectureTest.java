package dev.caelum.ui;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may know whom in the dashboard. */
final class ArchitectureTest {
  private static final JavaClasses UI =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.caelum.ui");

  /** Classes of the node: all of Caelum that is not the dashboard. */
  private static final DescribedPredicate<JavaClass> NODE =
      resideInAPackage("dev.caelum..")
          .and(DescribedPredicate.not(resideInAPackage("dev.caelum.ui..")))
          .as("the node's classes");

  /** A call that puts markup or a script into the page. */
  private static final Pattern SCRIPT = Pattern.compile("executeJs\\(([^;]*);", Pattern.DOTALL);

  @Test
  void onlyTheCommandKnowsTheNodeInItsProcess() {
    noClasses()
        .that()
        .resideInAPackage("dev.caelum.ui.*..")
        .should()
        .dependOnClassesThat(NODE)
        .because("the page reads the node through its public API alone")
        .check(UI);
  }

  @Test
  void onlyTheLauncherKnowsJetty() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.caelum.ui.launch..")
        .should()
        .dependOnClassesThat(resideInAPackage("org.eclipse.jetty.."))
        .because("the same web application runs on any Jakarta EE server")
        .check(UI);
  }

  @Test
  void onlyViewsKnowVaadin() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.caelum.ui.client..",
            "dev.caelum.ui.state..",
            "dev.caelum.ui.guard..",
            "dev.caelum.ui.proxy..",
            "dev.caelum.ui.launch..")
        .should()
        .dependOnClassesThat(resideInAPackage("com.vaadin.."))
        .check(UI);
  }

  @Test
  void thePageHoldsNoMarkupFromStrings() {
    noClasses()
        .should()
        .dependOnClassesThat(
            describe(
                "components that take markup",
                type ->
                    type.getFullName().equals("com.vaadin.flow.component.Html")
                        || type.getFullName().equals("com.vaadin.flow.component.Svg")))
        .orShould()
        .callMethodWhere(
            describe(
                "the method takes markup",
                call ->
                    call.getTarget().getName().equals("setInnerHtml")
                        || call.getTarget().getName().equals("openUnsafe")))
        .check(UI);
  }

  @Test
  void scriptsAreConstants() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(sources).isNotEmpty();
      for (Path source : sources) {
        SCRIPT
            .matcher(Files.readString(source))
            .results()
            .forEach(call -> assertThat(call.group(1)).as("%s", source).doesNotContain(" + "));
      }
    }
  }

  @Test
  void theModelIsValues() {
    classes()
        .that(resideInAnyPackage("dev.caelum.ui.client"))
        .and()
        .arePublic()
        .should()
        .haveOnlyFinalFields()
        .orShould()
        .haveSimpleName("EventStream")
        .check(UI);
  }
}
