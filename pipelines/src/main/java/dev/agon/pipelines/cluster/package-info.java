/**
 * The {@code agon cluster} commands: a Flink cluster of this machine, started, looked at and stopped.
 */
package dev.agon.pipelines.cluster;
