/**
 * Where a pipeline runs: in this process, on Flink, on Dataflow. An engine says what its options must be, starts the pipeline,
 * and tells how it ended.
 */
package dev.agon.pipelines.engine;
