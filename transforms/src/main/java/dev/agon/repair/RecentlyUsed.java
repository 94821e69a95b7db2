package dev.agon.repair;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Keeps what was computed for the keys used last. Holds values that are functions of their keys, so that what is kept, and what two
 * threads compute twice, changes speed and nothing else.
 */
final class RecentlyUsed<K, V> {

    private final Map<K, V> kept;

    RecentlyUsed(int most) {
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    V get(K key, Function<K, V> compute) {
        synchronized (kept) {
            V known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        V value = compute.apply(key);
        synchronized (kept) {
            kept.put(key, value);
        }
        return value;
    }
}
