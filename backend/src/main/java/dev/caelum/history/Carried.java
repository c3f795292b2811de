package dev.caelum.history;

/** Bytes that a link has carried since it began. */
public record Carried(long sent, long received) {}
