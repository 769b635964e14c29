/**
 * Who may do what, as every room asks it. The answer is the policy's, in the query service; with
 * authentication off the caller may do everything, from this machine only.
 */
@NullMarked
package dev.lakehouse.schemas.access;

import org.jspecify.annotations.NullMarked;
