/**
 * Whether a recovery point, all of a vault, or an export without a record can still be restored. A
 * {@link io.dynavault.core.verify.VerifyRun} looks as deep as its {@link
 * io.dynavault.core.verify.VerifyLevel} says and answers with {@link
 * io.dynavault.core.verify.Finding}s: what is wrong, where, and what to do. It writes nothing.
 *
 * <p>Every object is looked at on its own, so damage in one hides no other; and what looks damaged
 * is read once more before it is reported, because a bad connection is not a bad backup. First the
 * structure of every export is checked ({@code RecordedStructure}, {@code BareStructure}), then
 * {@code FileCheck} reads the data files of all of them in parallel, then {@code ExportCheck} draws
 * the sums.
 */
@NullMarked
package io.dynavault.core.verify;

import org.jspecify.annotations.NullMarked;
