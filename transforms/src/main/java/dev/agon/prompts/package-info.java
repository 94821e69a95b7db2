/**
 * Prompts: templates as mini-swe-agent writes them (Jinja), and what a template may hold. A variable without a value is an
 * error. It knows nothing else of the house.
 */
package dev.agon.prompts;
