/**
 * Who may see what: policies as files, decided once for each query and carried out below everything
 * else in it. {@link dev.lakehouse.query.policy.Policies} follows the files; {@link
 * dev.lakehouse.query.policy.Governor} says what one caller sees of a table; {@link
 * dev.lakehouse.query.policy.GovernedEngine} keeps what an engine says of hidden values to itself.
 * Uses guard for SQL, table for states of tables and catalog for what is known of columns.
 */
@NullMarked
package dev.lakehouse.query.policy;

import org.jspecify.annotations.NullMarked;
