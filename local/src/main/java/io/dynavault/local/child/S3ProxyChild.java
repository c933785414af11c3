// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local.child;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** Starts S3Proxy on its file system store, from a properties file as its own main class reads. */
final class S3ProxyChild {
  private S3ProxyChild() {}

  /** Starts with the properties file named by the only argument and returns the port. */
  static int start(List<String> arguments) throws ReflectiveOperationException, IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(arguments.get(0)))) {
      properties.load(reader);
    }
    Object store =
        Class.forName("org.gaul.s3proxy.BlobStores")
            .getMethod("create", String.class, Properties.class)
            .invoke(null, properties.getProperty("jclouds.provider"), properties);
    Class<?> builderType = Class.forName("org.gaul.s3proxy.S3Proxy$Builder");
    Object builder =
        builderType.getMethod("fromProperties", Properties.class).invoke(null, properties);
    Class<?> storeType = Class.forName("org.gaul.s3proxy.blobstore.BlobStore");
    builderType.getMethod("blobStore", storeType).invoke(builder, store);
    Object s3Proxy = builderType.getMethod("build").invoke(builder);
    s3Proxy.getClass().getMethod("start").invoke(s3Proxy);
    return (int) s3Proxy.getClass().getMethod("getPort").invoke(s3Proxy);
  }
}
