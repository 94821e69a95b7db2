/**
 * How elements come together: those of one task, and many under few keys. Any step may use it; it knows
 * nothing of what the elements are.
 */
package dev.agon.gathering;
