/** Loads CSV files of S3 into a table: those that an S3 event names, or the one of the settings. */
@NullMarked
package io.dynavault.lambda.csv;

import org.jspecify.annotations.NullMarked;
