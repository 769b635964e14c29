/** Tests of PDF and text files; their documents are made here. */
@NullMarked
package dev.lakehouse.ingest.document;

import org.jspecify.annotations.NullMarked;
