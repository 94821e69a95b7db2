/**
 * The commands of {@code agon}, a class each: what the command line takes, what it prints, how it exits. Each hands its work to
 * another room.
 */
package dev.agon.pipelines.command;
