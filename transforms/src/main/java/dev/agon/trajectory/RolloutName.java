package dev.agon.trajectory;

import dev.agon.schemas.Rollout;

/** The name of a rollout as part of a file name: letters, digits and other characters that file systems allow. */
final class RolloutName {

    private RolloutName() {}

    /** Its id where it has one, else its task and trial. */
    static String of(Rollout rollout) {
        String name = rollout.getRolloutId().isEmpty()
                ? rollout.getTaskId() + (rollout.getTrial() == null ? "" : "." + rollout.getTrial())
                : rollout.getRolloutId();
        return name.replaceAll("[^A-Za-z0-9._-]+", ".").replaceAll("^\\.+", "");
    }
}
