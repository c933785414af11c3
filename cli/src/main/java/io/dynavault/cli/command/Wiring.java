// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.backup.AwsBackupVaultBackups;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.aws.client.PacedCalls;
import io.dynavault.aws.ondemand.OnDemandVaultBackups;
import io.dynavault.cli.config.Config;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.lease.ProcessProbe;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreConfig;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.Stores;
import io.dynavault.core.store.s3.S3Config;
import io.dynavault.core.store.s3.S3Encryption;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.AwsService;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.EndpointConfig;
import io.dynavault.core.transport.HttpTransport;
import io.dynavault.core.transport.ResolvedEndpoint;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Puts the engine's parts together as the settings say. What it opens the caller closes. */
public final class Wiring {
  /** How long one call of a control plane may be throttled. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Also of VPC endpoints, of FIPS and of dual stack. */
  private static final Pattern AWS_HOST =
      Pattern.compile(".*\\.(amazonaws\\.com|amazonaws\\.com\\.cn|api\\.aws)");

  private final Config config;
  private final CliContext context;
  private final String command;

  Wiring(Session session) {
    this.config = session.config();
    this.context = session.context();
    this.command = session.command();
  }

  /** A vault and the store under it. */
  public record OpenVault(ObjectStore store, Vault vault) implements AutoCloseable {
    public OpenVault {
      requireNonNull(store, "store is null");
      requireNonNull(vault, "vault is null");
    }

    @Override
    public void close() {
      store.close();
    }
  }

  /** The location that {@code --vault} names. */
  public StoreLocation vaultLocation() {
    return location(config.required(ConfigOptions.VAULT));
  }

  /** A location as users write it, relative to the working folder. */
  public StoreLocation location(String text) {
    StoreLocation location = StoreLocation.parse(text);
    boolean plain = location instanceof StoreLocation.Folder && !text.startsWith("file:");
    return plain ? new StoreLocation.Folder(context.workingDirectory().resolve(text)) : location;
  }

  /** Opens the vault that {@code --vault} names. */
  public OpenVault openVault() {
    return openVault(vaultLocation());
  }

  /** Opens the vault that {@code --target-vault} names, as the settings of the target say. */
  public OpenVault openTargetVault() {
    StoreLocation location = location(config.required(ConfigOptions.TARGET_VAULT));
    return openVault(openStore(location, new S3Settings(config).ofTarget()));
  }

  /** Opens the vault at a location. */
  public OpenVault openVault(StoreLocation location) {
    return openVault(openStore(location));
  }

  private OpenVault openVault(ObjectStore store) {
    try {
      return new OpenVault(store, Vault.open(store, holder(), leases()));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** Makes the location that {@code --vault} names a vault. */
  public OpenVault createVault(VaultConfig vault) {
    ObjectStore store = openStore(vaultLocation());
    try {
      return new OpenVault(store, Vault.create(store, vault, holder(), leases()));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** Opens the store at a location. */
  public ObjectStore openStore(StoreLocation location) {
    return openStore(location, new S3Settings(config).ofVault());
  }

  private ObjectStore openStore(StoreLocation location, S3Config s3) {
    Timing timing = context.timing();
    return Stores.open(
        location, new StoreConfig(s3, timing.clock(), timing.sleeper(), timing.random()));
  }

  /**
   * The server that has the vault's bucket, where that is not AWS while the tables are: DynamoDB
   * cannot write there by itself, and must not into a bucket of the same name at AWS.
   */
  public Optional<URI> foreignS3() {
    ResolvedEndpoint dynamoDb = ResolvedEndpoint.resolve(endpoint());
    return dynamoDb.custom()
        ? Optional.empty()
        : config
            .optional(ConfigOptions.S3_ENDPOINT_URL)
            .or(() -> AwsService.S3.namedEndpoint(endpoint(), dynamoDb.region()))
            .filter(s3 -> !AWS_HOST.matcher(String.valueOf(s3.getHost())).matches());
  }

  /** How S3 encrypts what is written into the vault. */
  public S3Encryption vaultEncryption() {
    return new S3Settings(config).ofVault().encryption();
  }

  /** What AWS does with the backups that it keeps. */
  public ManagedBackups managedBackups() {
    return ManagedBackups.byMethod(
        Map.of(
            Method.ON_DEMAND,
            new OnDemandVaultBackups(AwsClients.of(endpoint()), calls(new StopSignal())),
            Method.AWS_BACKUP,
            new AwsBackupVaultBackups(AwsClients.of(endpoint()))));
  }

  /** Calls of AWS's control planes that wait where they are throttled. */
  public PacedCalls calls(StopSignal stop) {
    return new PacedCalls(context.timing(), stop, PATIENCE);
  }

  /** Where tables are. */
  public EndpointConfig endpoint() {
    return new EndpointConfig(
        config.optional(ConfigOptions.REGION),
        config.optional(ConfigOptions.ENDPOINT_URL),
        config.optional(ConfigOptions.PROFILE));
  }

  /** A transport for as many threads. */
  public DynamoDbTransport openTransport(int threads) {
    return HttpTransport.open(
        endpoint(), TransportConfig.forThreads(threads), context.timing(), new TransportCounters());
  }

  private Holder holder() {
    return Holder.thisProcess(command, context.timing().random());
  }

  private LeaseSettings leases() {
    return new LeaseSettings(
        LeaseSettings.DEFAULT_TTL,
        context.timing().clock(),
        context.ticker(),
        context.timing().sleeper(),
        ProcessProbe.system());
  }
}
