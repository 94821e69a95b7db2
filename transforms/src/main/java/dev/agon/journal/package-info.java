/**
 * The journal: what has been paid for, stored before it is used. Keys name slots and hash what could change the answer. It
 * knows the schemas and a store of blobs, and nothing of models or sandboxes.
 */
package dev.agon.journal;
