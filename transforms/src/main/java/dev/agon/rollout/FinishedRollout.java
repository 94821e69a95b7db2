package dev.agon.rollout;

import dev.agon.schemas.Failure;
import dev.agon.schemas.Grade;
import dev.agon.schemas.RolloutRef;
import dev.agon.schemas.RolloutRow;
import java.util.List;
import java.util.Optional;

/**
 * What comes of filling one slot. Its parts leave by doors of their own: only the reference goes on to be summarised and selected.
 *
 * @param row its row
 * @param ref the reference; empty for a rollout that the run's stop has ended, which is no candidate
 * @param grade its grade; empty when there is none for reasons of infrastructure
 * @param failures what failed on the way without ending the rollout, such as grading
 */
record FinishedRollout(RolloutRow row, Optional<RolloutRef> ref, Optional<Grade> grade, List<Failure> failures) {}
