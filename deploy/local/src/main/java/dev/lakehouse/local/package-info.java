/**
 * The {@code lakehouse} command and everything of a lakehouse in one process. {@code command} is
 * what is typed, {@code process} what {@code up} runs, {@code client} what the other commands use
 * to talk to it over HTTP, {@code demo} the tour. May use every room; nothing uses it. Start at
 * {@link dev.lakehouse.local.Main}.
 */
@NullMarked
package dev.lakehouse.local;

import org.jspecify.annotations.NullMarked;
