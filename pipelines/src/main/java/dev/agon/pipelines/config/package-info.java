/**
 * The run configuration: YAML in, immutable settings of every step out. All of it is checked before anything runs; an error
 * names the key, the line and what is allowed.
 */
package dev.agon.pipelines.config;
