/**
 * Models behind HTTP: the dialects of OpenAI and Anthropic, connections, rate limits, and tries that wait longer each time.
 * Nobody outside {@code model} needs more of it than {@code HttpModel} and the settings of an endpoint.
 */
package dev.agon.model.http;
