/**
 * What users write as JSON, YAML or TOML, read field by field with messages that say where a mistake is. Knows Jackson and nobody
 * of Agon; every room may use it.
 */
package dev.agon.fields;
