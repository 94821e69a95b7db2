/**
 * Chat models: one request, one answer, four ways to fail. Agent, summariser and judge ask through {@code ChatModel} and do not
 * know which model answers.
 */
package dev.agon.model;
