/**
 * The tables of a run as Parquet files: how steps write rows, by Beam's ParquetIO. Any step may use
 * it; it knows no step.
 */
package dev.agon.tables;
