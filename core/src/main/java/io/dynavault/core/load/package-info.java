/**
 * Items of files into a table: CSV, JSON, DynamoDB JSON and Ion, compressed or not. A {@link
 * io.dynavault.core.load.LoadPlanner} reads all files once and refuses them before anything is
 * written if one item could not be written: malformed, without its key, too large, or with the key
 * of another. A {@link io.dynavault.core.load.LoadRun} then reads them again and writes. It can be
 * repeated: puts of the same items change nothing.
 */
@NullMarked
package io.dynavault.core.load;

import org.jspecify.annotations.NullMarked;
