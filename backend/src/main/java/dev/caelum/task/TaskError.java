package dev.caelum.task;

/**
 * Why an attempt failed.
 *
 * @param code a word for programs: {@code timeout}, {@code handler}, {@code lost}, ...
 * @param text a sentence for people
 */
public record TaskError(String code, String text) {}
