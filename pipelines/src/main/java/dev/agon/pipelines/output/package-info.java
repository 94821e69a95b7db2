/**
 * The folder of a run: its lock, its draft until the end, its manifest and its tables as they are read again. Commands and runs
 * write nowhere else.
 */
package dev.agon.pipelines.output;
