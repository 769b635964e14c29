/** Tests of what the client commands print. */
@NullMarked
package dev.lakehouse.local.client;

import org.jspecify.annotations.NullMarked;
