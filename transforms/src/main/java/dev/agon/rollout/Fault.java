package dev.agon.rollout;

import dev.agon.agent.Outcome;
import dev.agon.schemas.Failure;
import dev.agon.schemas.RolloutPlan;

/**
 * What can end a rollout or its grading, and what comes of it: who is to blame, whether a later start tries it again, what the grade is,
 * and whether it counts in the denominators of all figures. The model is Harbor's table. The step that runs rollouts decides by nothing
 * else.
 *
 * <p>What the agent did is graded, counts, and is final. All else has no grade, counts nowhere, and is tried again.
 */
enum Fault {
    /** The agent submitted, or ended at a limit, at its format or at its model's refusal. */
    ENDED("ended", Who.AGENT, Grading.CHECK),
    /** It changed more than a submission may hold: the check runs on none of it. */
    SUBMISSION_TOO_LARGE("submission_too_large", Who.AGENT, Grading.CHECK),
    /** It left no sandbox that can be graded. */
    SANDBOX_ABUSED(Outcome.SANDBOX_ABUSED.id(), Who.AGENT, Grading.ZERO),
    /** The hidden check gives no verdict, without the agent's work neither. */
    NO_VERDICT("grader", Who.TASK, Grading.NONE),
    /** The model does not answer. */
    MODEL("model", Who.INFRASTRUCTURE, Grading.NONE),
    /** The sandbox is down. */
    SANDBOX("sandbox", Who.INFRASTRUCTURE, Grading.NONE),
    /** Agon itself fails at the rollout. */
    BUG("bug", Who.INFRASTRUCTURE, Grading.NONE),
    /** The run was stopped. */
    STOPPED(Outcome.STOPPED.id(), Who.RUN, Grading.NONE);

    /** Who is to blame. */
    enum Who {
        AGENT,
        TASK,
        INFRASTRUCTURE,
        RUN
    }

    /** Where the grade comes from. What has none is in no denominator, and the next start of the run tries it again. */
    enum Grading {
        CHECK,
        ZERO,
        NONE
    }

    private final String id;
    private final Who who;
    private final Grading grading;

    Fault(String id, Who who, Grading grading) {
        this.id = id;
        this.who = who;
        this.grading = grading;
    }

    /** Of a rollout that ended so. */
    static Fault of(String outcome) {
        for (Fault fault : values()) {
            if (fault.id.equals(outcome)) {
                return fault;
            }
        }
        return ENDED;
    }

    /** The outcome of the rollout, or the kind of the failure. */
    String id() {
        return id;
    }

    Who who() {
        return who;
    }

    Grading grading() {
        return grading;
    }

    /** The failure of a rollout, or of its grading, in a step. */
    Failure.Builder failure(String step, RolloutPlan plan) {
        return Failure.newBuilder()
                .setStep(step)
                .setElementId(plan.getRolloutId())
                .setTaskId(plan.getTask().getTaskId())
                .setKind(id);
    }

    /** What is to be done about a grade that is missing. */
    String advice() {
        return who == Who.TASK
                ? "mend the task's tests; started again, the run grades it"
                : "started again, the run grades it";
    }
}
