/**
 * What every HTTP door shares: problems (RFC 9457), request ids, the caller, and the server that
 * services mount on. Start at {@link dev.lakehouse.schemas.http.LakehouseServer}.
 */
@NullMarked
package dev.lakehouse.schemas.http;

import org.jspecify.annotations.NullMarked;
