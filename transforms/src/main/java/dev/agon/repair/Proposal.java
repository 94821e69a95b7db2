package dev.agon.repair;

/**
 * One change to try next.
 *
 * @param tree the files with it
 * @param note which edit
 * @param base the edit it is made on top of; empty for the untouched program
 * @param weight how likely it is, relative to others of its list
 * @param support how many earlier attempts report exactly this
 */
record Proposal(SourceTree tree, EditNote note, String base, double weight, int support) {}
