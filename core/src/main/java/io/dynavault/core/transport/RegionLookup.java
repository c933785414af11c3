// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.InstanceProfileRegionProvider;
import software.amazon.awssdk.utils.SystemSetting;

/**
 * Where a region is found that no option names: {@code AWS_REGION}, {@code AWS_DEFAULT_REGION}, the
 * profile, the instance. The second is not one of the SDK for Java's, but of the AWS CLI and boto3,
 * whose users have set it. A variable that is empty is not set.
 */
public final class RegionLookup {
  private static final List<SystemSetting> VARIABLES =
      List.of(SdkSystemSetting.AWS_REGION, new DefaultRegion());

  private RegionLookup() {}

  /** The region of the environment, the profile or the instance, which is asked last. */
  public static Optional<Region> find(Optional<String> profile) {
    return ofSettings(ProfileFile::defaultProfileFile, profileName(profile))
        .or(RegionLookup::ofInstance);
  }

  /** The region of the environment, else of the profile. */
  static Optional<Region> ofSettings(Supplier<ProfileFile> files, String profile) {
    return VARIABLES.stream()
        .flatMap(variable -> variable.getStringValue().stream())
        .filter(id -> !id.isBlank())
        .map(Region::of)
        .findFirst()
        .or(() -> region(new AwsProfileRegionProvider(files, profile)));
  }

  /** The region of the machine at AWS that this runs on. */
  static Optional<Region> ofInstance() {
    return region(new InstanceProfileRegionProvider());
  }

  /** The profile whose settings count: the given one, else that of the environment. */
  static String profileName(Optional<String> given) {
    return given.orElseGet(ProfileFileSystemSetting.AWS_PROFILE::getStringValueOrThrow);
  }

  private static Optional<Region> region(AwsRegionProvider provider) {
    try {
      return Optional.ofNullable(provider.getRegion());
    } catch (SdkException e) {
      return Optional.empty(); // how some providers say that they know none
    }
  }

  /** Read as the SDK reads its own settings: the system property, else the variable. */
  private static final class DefaultRegion implements SystemSetting {
    @Override
    public String property() {
      return "aws.defaultRegion";
    }

    @Override
    public String environmentVariable() {
      return "AWS_DEFAULT_REGION";
    }

    @Override
    public @Nullable String defaultValue() {
      return null;
    }
  }
}
