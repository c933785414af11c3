/**
 * What has happened to single items. Chains of continuous backup have every change with its images
 * before and after; a search reads the change files of a span of time, found through the hour
 * indexes, and hands out what is asked for in the order of time. A difference compares two states
 * of a table, whatever they come from, and tells attribute by attribute what an item has become.
 */
@NullMarked
package io.dynavault.core.history;

import org.jspecify.annotations.NullMarked;
