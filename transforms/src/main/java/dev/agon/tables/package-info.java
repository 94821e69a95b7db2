/**
 * The tables of a run as Parquet files: how steps write rows, and how they read the rows of an earlier run. Any step may use
 * it; it knows no step.
 */
package dev.agon.tables;
