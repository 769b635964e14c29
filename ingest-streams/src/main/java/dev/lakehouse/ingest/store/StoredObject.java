package dev.lakehouse.ingest.store;

/**
 * An object that is whole and synced.
 *
 * @param uri where it is, readable by every reader
 * @param sha256 lower-case hex digest of its content
 * @param bytes its size
 */
public record StoredObject(String uri, String sha256, long bytes) {}
