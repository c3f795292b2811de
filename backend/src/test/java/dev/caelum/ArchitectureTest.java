package dev.caelum;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.caelum.cluster.Membership;
import dev.caelum.wire.MachineInfoCodec;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the rooms of the backend never import; docs/architecture.md gives the reasons. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.caelum");

  private static final DescribedPredicate<JavaClass> MEMBERSHIP = type(Membership.class);
  private static final DescribedPredicate<JavaClass> HELIDON = resideInAPackage("io.helidon..");
  private static final DescribedPredicate<JavaClass> VAADIN =
      resideInAnyPackage("com.vaadin..", "dev.caelum.ui..");
  private static final DescribedPredicate<JavaClass> SOCKETS =
      resideInAnyPackage("java.net..", "java.nio.channels..");
  private static final DescribedPredicate<JavaClass> THREADS =
      resideInAnyPackage("java.util.concurrent..", "java.util.logging..").or(type(Thread.class));

  static Stream<Arguments> rooms() {
    return Stream.of(
        argumentSet(
            "the core is pure",
            "cluster",
            DescribedPredicate.not(
                    resideInAnyPackage(
                            "dev.caelum.cluster",
                            "java.lang..",
                            "java.util",
                            "java.util.function",
                            "java.util.random",
                            "java.util.stream",
                            "org.jspecify.annotations")
                        .or(type(Duration.class)))
                .or(type(Thread.class))
                .as("anything but plain values")),
        argumentSet("codecs move no bytes", "wire", MEMBERSHIP.or(HELIDON).or(SOCKETS).or(THREADS)),
        argumentSet(
            "codecs know no room but the values",
            "wire",
            rooms("beacon", "link", "discovery", "feed", "host", "config", "http", "node")),
        argumentSet("byte movers know no protocol", "beacon", MEMBERSHIP.or(HELIDON)),
        argumentSet("links know no state", "link", MEMBERSHIP.or(rooms("http", "beacon"))),
        argumentSet("discovery knows no page", "discovery", VAADIN.or(rooms("http"))),
        argumentSet("the feed is plain", "feed", HELIDON.or(VAADIN)),
        argumentSet("facts about the machine need no state", "host", MEMBERSHIP),
        argumentSet(
            "configuration stands alone",
            "config",
            DescribedPredicate.not(
                    resideInAnyPackage(
                        "dev.caelum.config",
                        "java..",
                        "io.helidon.config..",
                        "io.helidon.common.config..",
                        "org.jspecify.annotations"))
                .as("anything but java and Helidon Config")),
        argumentSet(
            "the API reads values and the feed",
            "http",
            MEMBERSHIP
                .or(rooms("link", "beacon", "discovery", "node", "cli"))
                .or(
                    resideInAPackage("dev.caelum.wire")
                        .and(DescribedPredicate.not(type(MachineInfoCodec.class))))),
        argumentSet(
            "values about services are values",
            "service",
            DescribedPredicate.not(
                    resideInAnyPackage(
                        "dev.caelum.service",
                        "java.lang..",
                        "java.util",
                        "java.util.stream",
                        "org.jspecify.annotations"))
                .as("anything but plain values")),
        argumentSet(
            "finding services needs no state",
            "mcp",
            MEMBERSHIP
                .or(HELIDON)
                .or(VAADIN)
                .or(rooms("link", "beacon", "discovery", "http", "node", "cli"))),
        argumentSet(
            "the past is a reader like any other",
            "history",
            MEMBERSHIP
                .or(HELIDON)
                .or(VAADIN)
                .or(rooms("link", "beacon", "discovery", "http", "node", "cli", "coordinator"))),
        argumentSet(
            "simulated machines are no part of the node",
            "demo",
            MEMBERSHIP.or(HELIDON).or(rooms("http", "node", "discovery", "beacon"))),
        argumentSet(
            "who is told what needs no wire",
            "inbox",
            MEMBERSHIP
                .or(HELIDON)
                .or(VAADIN)
                .or(
                    rooms(
                        "wire", "link", "beacon", "discovery", "http", "node", "cli", "webhook"))),
        argumentSet(
            "a webhook knows notifications alone",
            "webhook",
            HELIDON
                .or(VAADIN)
                .or(
                    rooms(
                        "cluster", "wire", "link", "beacon", "discovery", "http", "node", "cli"))),
        argumentSet("the node knows no page", "node", VAADIN),
        argumentSet(
            "the command line asks a node by its API",
            "cli",
            VAADIN.or(
                rooms(
                    "cluster",
                    "wire",
                    "beacon",
                    "link",
                    "discovery",
                    "feed",
                    "host",
                    "http",
                    "node"))),
        argumentSet(
            "logging serves every room and knows none",
            "logging",
            rooms(
                "cluster",
                "wire",
                "beacon",
                "link",
                "discovery",
                "feed",
                "host",
                "config",
                "http",
                "node",
                "cli")),
        argumentSet(
            "the core of tasks is pure",
            "task",
            DescribedPredicate.not(
                    resideInAnyPackage(
                            "dev.caelum.task",
                            "java.lang..",
                            "java.util",
                            "java.util.function",
                            "java.util.random",
                            "java.util.stream",
                            "org.jspecify.annotations")
                        .or(type(Duration.class)))
                .or(type(Thread.class))
                .as("anything but plain values")),
        argumentSet(
            "the coordinator knows no wire",
            "coordinator",
            MEMBERSHIP.or(HELIDON).or(rooms("wire", "link", "beacon", "http", "work", "node"))),
        argumentSet(
            "stores keep tasks and know nobody",
            "store",
            MEMBERSHIP
                .or(HELIDON)
                .or(rooms("wire", "link", "beacon", "http", "work", "node", "coordinator"))),
        argumentSet(
            "analyses are groups of tasks",
            "analysis",
            MEMBERSHIP.or(HELIDON).or(rooms("wire", "link", "beacon", "http", "node", "cli"))),
        argumentSet(
            "workers know no links",
            "work",
            MEMBERSHIP
                .or(HELIDON)
                .or(rooms("wire", "link", "beacon", "http", "node", "coordinator", "store"))),
        argumentSet(
            "a ration needs no room",
            "rate",
            DescribedPredicate.not(resideInAnyPackage("java.lang..", "org.jspecify.annotations"))
                .as("anything but plain values")),
        argumentSet(
            "only the node wires",
            "[cluster|wire|beacon|link|discovery|feed|host|config|http|cli|logging|rate|task|coordinator|store|work|analysis|service|mcp|inbox|webhook]",
            rooms("node")));
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomNeverImports(String room, DescribedPredicate<JavaClass> forbidden) {
    noClasses()
        .that(resideInAPackage("dev.caelum." + room + ".."))
        .should()
        .dependOnClassesThat(forbidden)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void theRoomsHaveNoCycles() {
    slices().matching("dev.caelum.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theRulesLookAtTheCore() {
    assertThat(CLASSES.contain(Membership.class)).isTrue();
  }

  private static DescribedPredicate<JavaClass> rooms(String... names) {
    return resideInAnyPackage(
        Stream.of(names).map(name -> "dev.caelum." + name + "..").toArray(String[]::new));
  }
}
