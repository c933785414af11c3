// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.content.ExportContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.export.Export;
import io.dynavault.format.export.ExportFile;
import io.dynavault.format.export.ExportType;
import io.dynavault.format.layout.ExportLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The structure of an export without a record: its manifests are all that is known. */
final class BareStructure implements Structure.Check {
  /** Each of the four objects may fail once, and then one more attempt has to succeed. */
  private static final int ATTEMPTS = 6;

  private final ObjectStore store;
  private final String folder;
  private final SecondLook second;
  private final List<Finding> findings = new ArrayList<>();

  BareStructure(ObjectStore store, String location, SecondLook second) {
    this.store = requireNonNull(store, "store is null");
    this.folder = ExportLayout.folderOf(location);
    this.second = requireNonNull(second, "second is null");
  }

  @Override
  public Structure check() {
    requireThere();
    Optional<Export> export = open();
    return export.map(this::compare).orElseGet(() -> new Structure(0, List.of(), findings));
  }

  private void requireThere() {
    String summary = key(ExportLayout.MANIFEST_SUMMARY);
    if (second.stat(summary).isEmpty()) {
      throw new DynavaultException(
          ErrorCode.EXPORT_NOT_FOUND,
          "unable to find export '" + folder + "': there is no '" + summary + "'");
    }
  }

  /** The manifests; a failure counts when two attempts one after the other say the same. */
  private Optional<Export> open() {
    String before = "";
    for (int attempt = 1; ; attempt++) {
      try {
        Export export = ExportContent.openBare(store, folder).export();
        if (attempt > 1) {
          second.countPassing();
        }
        return Optional.of(export);
      } catch (DynavaultException e) {
        String reason = SecondLook.reason(e);
        if (reason.equals(before) || attempt == ATTEMPTS) {
          findings.add(Finding.error(folder, e.getMessage(), Remedies.bareFile()));
          return Optional.empty();
        }
        before = reason;
      }
    }
  }

  private Structure compare(Export export) {
    export.notes().forEach(note -> findings.add(Finding.note(folder, note, Remedies.NONE)));
    ExportType type = export.summary().span().exportType();
    Map<String, Long> listed = new HashMap<>();
    String data = key(ExportLayout.DATA + "/");
    store.list(data, info -> listed.put(info.key(), info.size()));
    List<ExpectedFile> readable = new ArrayList<>();
    Set<String> named = new HashSet<>();
    for (ExportFile file : export.files()) {
      named.add(file.key());
      size(file.key(), listed).ifPresent(size -> readable.add(expected(file, type, size)));
    }
    listed.keySet().stream()
        .filter(key -> !named.contains(key))
        .sorted()
        .forEach(
            key ->
                findings.add(
                    Finding.note(
                        key,
                        "the manifest does not name this file; nobody reads it",
                        Remedies.NONE)));
    return new Structure(export.files().size(), readable, findings);
  }

  /** The size of a file that is there; a missing one is a finding. */
  private Optional<Long> size(String key, Map<String, Long> listed) {
    if (listed.containsKey(key)) {
      return Optional.of(listed.get(key));
    }
    try {
      Optional<ObjectInfo> info = second.stat(key);
      if (info.isEmpty()) {
        findings.add(Finding.error(key, "the file is missing", Remedies.bareFile()));
      }
      return info.map(ObjectInfo::size);
    } catch (DynavaultException e) {
      findings.add(Finding.error(key, SecondLook.reason(e), Remedies.bareFile()));
      return Optional.empty();
    }
  }

  private static ExpectedFile expected(ExportFile file, ExportType type, long size) {
    return new ExpectedFile(
        file.key(),
        type,
        file.format(),
        file.compression(),
        file.dataFile().itemCount(),
        size,
        Optional.empty(),
        Optional.of(file.dataFile().md5Checksum()));
  }

  private String key(String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }
}
