/**
 * What the client commands use: the HTTP API as methods, and ways to print answers. Knows the wire
 * only, no other part of the program. Start at {@link dev.lakehouse.local.client.ApiClient}.
 */
@NullMarked
package dev.lakehouse.local.client;

import org.jspecify.annotations.NullMarked;
