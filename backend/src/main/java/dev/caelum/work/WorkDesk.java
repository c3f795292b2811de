package dev.caelum.work;

/** What of the worker others may look at and change: the API, and messages of old nodes. */
public record WorkDesk(Worker worker, AcceptRules rules, Reservations reservations) {}
