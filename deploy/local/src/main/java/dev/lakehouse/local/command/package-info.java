/**
 * What is typed: one class per sub-command, thin; what they have in common is in the options they
 * mix in. Clients talk over HTTP only, {@code up} and {@code demo} run a {@code Lakehouse}. Start
 * at {@link dev.lakehouse.local.command.UpCommand}.
 */
@NullMarked
package dev.lakehouse.local.command;

import org.jspecify.annotations.NullMarked;
