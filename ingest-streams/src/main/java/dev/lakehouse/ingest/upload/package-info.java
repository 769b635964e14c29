/**
 * Uploads: a multipart request streams to the object store and is announced on {@code
 * ingest.files}. Start at {@link dev.lakehouse.ingest.upload.UploadRoutes}.
 */
@NullMarked
package dev.lakehouse.ingest.upload;

import org.jspecify.annotations.NullMarked;
