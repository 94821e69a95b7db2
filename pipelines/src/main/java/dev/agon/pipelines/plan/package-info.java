/**
 * What a run would cost, before it buys anything: its longest prompts, its most calls, its prices, and what an earlier run says
 * of it.
 */
package dev.agon.pipelines.plan;
