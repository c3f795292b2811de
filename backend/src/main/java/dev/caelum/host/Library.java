package dev.caelum.host;

/**
 * A library that this process carries.
 *
 * @param licence its SPDX name where that is known, else what the library says, {@code see its
 *     file} when it says nothing
 */
public record Library(String name, String version, String licence) {}
