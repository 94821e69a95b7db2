/**
 * The formats of trajectories: mini-swe-agent, ATIF and SWE-agent are read into rollouts and, where a format allows it, written
 * from them. Plain functions of documents: no Beam, no clock, no grade.
 */
package dev.agon.trajectory;
