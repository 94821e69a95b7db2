/**
 * The report of a finished run, from its tables alone: queries, estimates with their intervals, charts in SVG. The statistics
 * are plain SQL and functions; nothing here changes a run.
 */
package dev.agon.pipelines.report;
