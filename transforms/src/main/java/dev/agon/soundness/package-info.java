/** Whether a task set can tell a solution from none: its reference solutions are graded, with no model and no run. */
package dev.agon.soundness;
