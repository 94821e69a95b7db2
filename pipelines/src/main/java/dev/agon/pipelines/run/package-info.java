/**
 * One run from start to end: reserve its folder, start the pipeline, watch it, put its tables in place. It uses configuration,
 * engines and output, and knows no command.
 */
package dev.agon.pipelines.run;
