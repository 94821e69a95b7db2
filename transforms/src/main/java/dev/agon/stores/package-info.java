/**
 * The journal in a folder or an object store, by Beam's file systems. The journal itself knows only its {@code Blobs}; who has
 * an address comes here.
 */
package dev.agon.stores;
