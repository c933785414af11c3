// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.host;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.lease.ProcessProbe;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.time.Timing;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultConfig;
import java.util.Map;
import java.util.UUID;

/**
 * The vault that the settings name, opened for one invocation.
 *
 * @param bucket that it lies in
 * @param prefix of it in the bucket, without slashes at its ends
 */
public record VaultAccess(String bucket, String prefix, ObjectStore store, Vault vault)
    implements AutoCloseable {
  public VaultAccess {
    requireNonNull(bucket, "bucket is null");
    requireNonNull(prefix, "prefix is null");
    requireNonNull(store, "store is null");
    requireNonNull(vault, "vault is null");
  }

  /** Opens the vault {@code s3://BACKUP_BUCKET/S3_EXPORTS_PREFIX}. */
  public static VaultAccess open(Host host, Settings settings, Invocation invocation) {
    return open(
        host,
        settings,
        invocation,
        store -> Vault.open(store, holder(invocation), leases(invocation)));
  }

  /** Opens the vault, which is created if it is not there. */
  public static VaultAccess openOrCreate(Host host, Settings settings, Invocation invocation) {
    String name = "dynavault-" + settings.required("ENVIRONMENT");
    return open(host, settings, invocation, store -> openOrCreate(store, name, invocation));
  }

  private interface Opener {
    Vault open(ObjectStore store);
  }

  private static VaultAccess open(
      Host host, Settings settings, Invocation invocation, Opener opener) {
    requireNonNull(invocation, "invocation is null");
    String bucket = settings.required("BACKUP_BUCKET");
    String prefix = settings.text("S3_EXPORTS_PREFIX", "native-exports").replaceAll("^/+|/+$", "");
    ObjectStore store = host.openStore(new StoreLocation.Bucket(bucket, prefix));
    try {
      return new VaultAccess(bucket, prefix, store, opener.open(store));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static Vault openOrCreate(ObjectStore store, String name, Invocation invocation) {
    Holder holder = holder(invocation);
    LeaseSettings leases = leases(invocation);
    try {
      return Vault.open(store, holder, leases);
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.VAULT_NOT_FOUND) {
        throw e;
      }
    }
    try {
      return Vault.create(store, config(name, invocation), holder, leases);
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.VAULT_EXISTS) {
        throw e;
      }
      return Vault.open(store, holder, leases);
    }
  }

  private static VaultConfig config(String name, Invocation invocation) {
    Timing timing = invocation.timing();
    return new VaultConfig(
        new UUID(timing.random().nextLong(), timing.random().nextLong()),
        name.substring(0, Math.min(50, name.length())),
        timing.clock().instant(),
        Map.of(),
        Version.current());
  }

  /** A function's processes cannot be seen by others: their leases run out by time alone. */
  private static Holder holder(Invocation invocation) {
    return Holder.of("aws-lambda", 1, "dynavault-lambda", invocation.timing().random());
  }

  private static LeaseSettings leases(Invocation invocation) {
    Timing timing = invocation.timing();
    return new LeaseSettings(
        LeaseSettings.DEFAULT_TTL,
        timing.clock(),
        invocation.ticker(),
        timing.sleeper(),
        ProcessProbe.system());
  }

  /** The location, as people and the command line write it. */
  public String location() {
    return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
  }

  /** A key below the vault's root as the bucket knows it. */
  public String s3Key(String key) {
    return prefix.isEmpty() ? key : prefix + "/" + key;
  }

  @Override
  public void close() {
    store.close();
  }
}
