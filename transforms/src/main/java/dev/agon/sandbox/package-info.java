/**
 * Sandboxes: a folder of files in which untrusted commands run, and the difference that they made. "The sandbox is down" is
 * another exception than "the command failed". It knows no agent and no task.
 */
package dev.agon.sandbox;
