package dev.caelum.link;

import java.net.InetAddress;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Who may open a link.
 *
 * @param ownHost tells of a Host header's value whether it names this machine; guards against DNS
 *     rebinding
 * @param ownOrigin tells of an Origin and a Host header's values whether a page of that origin was
 *     served by that host; keeps foreign web pages out
 * @param uncapped sources without per-source caps: loopback and this machine's own addresses
 */
public record HandshakeRules(
    Predicate<String> ownHost,
    BiPredicate<String, String> ownOrigin,
    Predicate<InetAddress> uncapped) {}
