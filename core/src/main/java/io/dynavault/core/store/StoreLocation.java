// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a store's root is, as users write it: {@code s3://bucket/prefix}, {@code file:/folder},
 * {@code file:folder}, a plain path, or {@code mem:name}. {@code toString} gives a form that {@link
 * #parse} reads back.
 */
public sealed interface StoreLocation {

  /**
   * Reads a location.
   *
   * @throws DynavaultException {@code USAGE} with what to write instead
   */
  static StoreLocation parse(String text) {
    return LocationParser.parse(text);
  }

  /** This location as a URI, with what a URI does not allow percent-encoded. */
  URI uri();

  /** The location of what lies below this one under {@code key}. */
  StoreLocation resolve(String key);

  /** A folder of the local file system. */
  record Folder(Path path) implements StoreLocation {
    public Folder {
      requireNonNull(path, "path is null");
      path = path.toAbsolutePath().normalize();
    }

    @Override
    public URI uri() {
      String text = path.toUri().getPath(); // ends in a slash where a folder is now
      return encode("file", null, text.replaceFirst("(?<=.)/$", ""));
    }

    @Override
    public Folder resolve(String key) {
      return new Folder(path.resolve(ObjectKey.check(key)));
    }

    @Override
    public String toString() {
      return "file:" + path.toString().replace("%", "%25");
    }
  }

  /**
   * A bucket, or what lies in it below a prefix.
   *
   * @param prefix without a slash at either end; empty for the whole bucket
   */
  record Bucket(String name, String prefix) implements StoreLocation {
    public Bucket {
      requireNonNull(name, "name is null");
      requireNonNull(prefix, "prefix is null");
      if (!prefix.isEmpty()) {
        ObjectKey.check(prefix);
      }
    }

    @Override
    public URI uri() {
      return encode("s3", name, prefix.isEmpty() ? "" : "/" + prefix);
    }

    @Override
    public Bucket resolve(String key) {
      ObjectKey.check(key);
      return new Bucket(name, prefix.isEmpty() ? key : prefix + "/" + key);
    }

    @Override
    public String toString() {
      return "s3://" + name + (prefix.isEmpty() ? "" : "/" + prefix);
    }
  }

  /** Memory of this process, shared by all who open the same name. */
  record Memory(String name) implements StoreLocation {
    public Memory {
      requireNonNull(name, "name is null");
    }

    @Override
    public URI uri() {
      return URI.create(toString());
    }

    @Override
    public Memory resolve(String key) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to open '" + key + "' below '" + this + "': a memory store has no folders",
          "give the store another name, such as mem:other");
    }

    @Override
    public String toString() {
      return "mem:" + name;
    }
  }

  private static URI encode(String scheme, @Nullable String host, String path) {
    try {
      return new URI(scheme, host, path, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a location: " + path, e);
    }
  }
}
