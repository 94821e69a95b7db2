package dev.agon.repair;

/**
 * One edit that was tried.
 *
 * @param step number of the turn that tried it
 * @param note which edit, in a line of text
 * @param stacked whether it was made on top of an earlier one
 * @param tree the files with it
 * @param result what the visible check said
 */
record Trial(int step, EditNote note, boolean stacked, SourceTree tree, CheckResult result) {}
