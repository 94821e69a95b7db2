package dev.agon.pipelines.plan;

import java.util.OptionalDouble;

/**
 * One line of a plan.
 *
 * @param work whose work it is
 * @param model the models that do it
 * @param amount how much work, such as {@code 116 rollouts}
 * @param effort what it takes
 * @param usd what that costs; empty where no price is known
 * @param because why the figures are what they are
 */
record PlanLine(String work, String model, String amount, Effort effort, OptionalDouble usd, String because) {}
