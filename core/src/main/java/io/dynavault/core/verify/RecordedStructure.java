// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredExport;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.format.FormatException;
import io.dynavault.format.export.DataFile;
import io.dynavault.format.export.Export;
import io.dynavault.format.export.ExportReader;
import io.dynavault.format.export.ExportType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The structure of a recovery point. Its record says what there has to be; the manifests are read
 * as well, and have to agree with it, because other programs read nothing else.
 */
final class RecordedStructure implements Structure.Check {
  private final ObjectStore store;
  private final RecoveryPoint point;
  private final SecondLook second;
  private final StoredExport export;
  private final String remedy;
  private final List<Finding> findings = new ArrayList<>();

  RecordedStructure(ObjectStore store, RecoveryPoint point, SecondLook second) {
    this.store = requireNonNull(store, "store is null");
    this.point = requireNonNull(point, "point is null");
    this.second = requireNonNull(second, "second is null");
    this.export = point.export();
    this.remedy = Remedies.file(point);
  }

  @Override
  public Structure check() throws InterruptedException {
    Map<String, Long> listed = new HashMap<>();
    store.list(export.exportPrefix() + "/", info -> listed.put(info.key(), info.size()));
    Set<String> present = present(listed);
    findStrays(listed.keySet());
    Map<String, DataFile> manifest = manifest(present);
    List<StoredFile> dataFiles = export.dataFiles();
    List<ExpectedFile> readable =
        dataFiles.stream()
            .filter(file -> present.contains(file.key()))
            .map(file -> expected(file, Optional.ofNullable(manifest.get(file.key()))))
            .toList();
    return new Structure(dataFiles.size(), readable, findings);
  }

  private boolean isDataFile(StoredFile file) {
    return file.key().startsWith(export.dataFolder());
  }

  private ExpectedFile expected(StoredFile file, Optional<DataFile> inManifest) {
    return new ExpectedFile(
        file.key(),
        export.isIncremental() ? ExportType.INCREMENTAL_EXPORT : ExportType.FULL_EXPORT,
        export.outputFormat(),
        export.compression(),
        file.itemCount(),
        file.size(),
        Optional.of(file.checksum()),
        inManifest.map(DataFile::md5Checksum));
  }

  /** Keys of the files that are there with their size; the others are findings. */
  private Set<String> present(Map<String, Long> listed) throws InterruptedException {
    Set<String> present = new HashSet<>();
    for (StoredFile file : point.files()) {
      String problem =
          Long.valueOf(file.size()).equals(listed.get(file.key())) ? "" : absence(file);
      if (problem.isEmpty()) {
        present.add(file.key());
      } else {
        findings.add(Finding.error(file.key(), problem, remedy));
      }
    }
    return present;
  }

  /** A listing alone proves nothing: the object itself is asked for. */
  private String absence(StoredFile file) throws InterruptedException {
    try {
      Optional<ObjectInfo> info =
          second.look(
              () -> store.stat(file.key()),
              found -> found.filter(there -> there.size() == file.size()).isPresent());
      if (info.isEmpty()) {
        return "the file is missing";
      }
      return info.get().size() == file.size()
          ? ""
          : "the file has %d bytes, in the record %d".formatted(info.get().size(), file.size());
    } catch (DynavaultException e) {
      return SecondLook.reason(e);
    }
  }

  private void findStrays(Set<String> listed) {
    Set<String> named = new HashSet<>();
    point.files().forEach(file -> named.add(file.key()));
    listed.stream()
        .filter(key -> !named.contains(key))
        .filter(key -> second.stat(key).isPresent())
        .sorted()
        .map(this::stray)
        .forEach(findings::add);
  }

  private Finding stray(String key) {
    String what = "the record does not name this file; it is not part of the recovery point";
    return point.method() == Method.SCAN
        ? Finding.warning(key, what, Remedies.gc(store))
        : Finding.note(key, what, Remedies.NONE);
  }

  /** The data files by the manifest; empty where it is damaged, which is a finding. */
  private Map<String, DataFile> manifest(Set<String> present) throws InterruptedException {
    Map<String, byte[]> contents = new HashMap<>();
    boolean whole = true;
    for (StoredFile file : point.files()) {
      if (!isDataFile(file)) {
        Optional<byte[]> content = present.contains(file.key()) ? content(file) : Optional.empty();
        content.ifPresent(bytes -> contents.put(file.key(), bytes));
        whole &= content.isPresent();
      }
    }
    return whole ? parse(contents) : Map.of();
  }

  private Optional<byte[]> content(StoredFile file) throws InterruptedException {
    SmallFile read = second.look(() -> SmallFile.read(store, file), SmallFile::isWhole);
    if (read.isWhole()) {
      return Optional.of(read.content());
    }
    findings.add(Finding.error(file.key(), read.problem(), remedy));
    return Optional.empty();
  }

  private Map<String, DataFile> parse(Map<String, byte[]> contents) {
    try {
      Export manifests =
          ExportReader.read(
              key -> Optional.ofNullable(contents.get(key)).map(ByteArrayInputStream::new),
              export.exportPrefix());
      findings.addAll(ManifestAgreement.of(point, manifests));
      Map<String, DataFile> files = new HashMap<>();
      manifests.files().forEach(file -> files.put(file.key(), file.dataFile()));
      return files;
    } catch (FormatException e) {
      findings.add(Finding.error(export.exportPrefix(), e.getMessage(), remedy));
      return Map.of();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }
}
