/**
 * PDF and text files: a page is a row. {@link dev.lakehouse.ingest.document.PdfFormat} reads a page
 * through {@link dev.lakehouse.ingest.document.PdfPages}, whose glyphs {@link
 * dev.lakehouse.ingest.document.ReadingOrder} puts into the order of reading; pages that are
 * pictures go through {@link dev.lakehouse.ingest.document.Ocr}. Whatever a file asks for, {@link
 * dev.lakehouse.ingest.document.Budget} bounds the time and memory. Uses {@code format} and {@code
 * schema} only; the one user of PDFBox.
 */
@NullMarked
package dev.lakehouse.ingest.document;

import org.jspecify.annotations.NullMarked;
