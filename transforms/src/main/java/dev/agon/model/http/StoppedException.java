package dev.agon.model.http;

/** The run was stopped while a call waited for its turn. */
final class StoppedException extends Exception {}
