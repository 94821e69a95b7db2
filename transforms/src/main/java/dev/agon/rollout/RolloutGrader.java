package dev.agon.rollout;

import dev.agon.concurrency.ElementFailedException;
import dev.agon.grading.Grader;
import dev.agon.grading.NoVerdictException;
import dev.agon.runtime.RunAbortedException;
import dev.agon.sandbox.Sandbox;
import dev.agon.sandbox.SandboxException;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Grade;
import dev.agon.schemas.RecordedRollout;
import dev.agon.schemas.RolloutPlan;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Grades rollouts that are whole. Each stays a candidate whatever becomes of that, a stop of the run included. */
final class RolloutGrader {

    private final Grader grader;
    private final Supplier<Optional<String>> stop;

    /** @param stop why the run was stopped; empty while it goes on */
    RolloutGrader(Grader grader, Supplier<Optional<String>> stop) {
        this.grader = grader;
        this.stop = stop;
    }

    /** The grade, or why there is none. */
    record Grading(Optional<Grade> grade, List<Failure> failures) {}

    /** @param own the sandbox that the agent worked in, if it is still there */
    Grading grade(RecordedRollout recorded, GradedPlan graded, Optional<Sandbox> own) throws InterruptedException {
        RolloutPlan plan = graded.plan();
        if (Fault.of(recorded.getRollout().getOutcome()).grading() == Fault.Grading.ZERO) {
            return new Grading(Optional.of(Grader.abused(plan)), List.of());
        }
        try {
            Grade grade = grader.grade(plan, graded.task(), graded.truth(), recorded.getChanges(), own);
            return new Grading(Optional.of(grade), List.of());
        } catch (RunAbortedException e) {
            return ungraded(Fault.STOPPED, plan, stop.get().orElse("the run was cancelled"), null);
        } catch (SandboxException e) {
            return ungraded(Fault.SANDBOX, plan, "its sandbox failed: " + e.getMessage(), null);
        } catch (NoVerdictException e) {
            return ungraded(
                    Fault.NO_VERDICT, plan, "its hidden check came to no verdict: " + e.getMessage(), e.output());
        } catch (RuntimeException | StackOverflowError e) {
            Failure.Builder failure = Fault.BUG.failure("grade", plan);
            return new Grading(
                    Optional.empty(),
                    List.of(ElementFailedException.ofBug(failure, e).failure()));
        }
    }

    private static Grading ungraded(Fault fault, RolloutPlan plan, String why, String detail) {
        String message = "the rollout could not be graded, " + why + "; " + fault.advice();
        return new Grading(
                Optional.empty(),
                List.of(fault.failure("grade", plan)
                        .setMessage(message)
                        .setDetail(detail)
                        .build()));
    }
}
