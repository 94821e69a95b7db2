package dev.agon.prompts;

import com.hubspot.jinjava.util.HasObjectTruthValue;

/** Python's {@code None} in a template: defined, false, and printed by its name. The library itself only knows undefined. */
enum None implements HasObjectTruthValue {
    NONE;

    @Override
    public boolean getObjectTruthValue() {
        return false;
    }

    @Override
    public String toString() {
        return "None";
    }
}
