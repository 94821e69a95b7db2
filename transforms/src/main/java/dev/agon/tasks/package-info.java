/**
 * The tasks of a run and the formats that they are read from. A reader turns one record into one task or one failure. Steps and
 * pipelines may come here; it starts no sandbox and asks no model.
 */
package dev.agon.tasks;
