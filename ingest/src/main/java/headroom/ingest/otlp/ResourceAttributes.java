package headroom.ingest.otlp;

import headroom.model.Resource;

/** Collects the attributes of one resource and says who it is. */
final class ResourceAttributes {
  /** What OpenTelemetry calls a service that does not tell its name. */
  private static final String UNKNOWN_SERVICE = "unknown_service";

  private final Interner interner;
  private String service = "";
  private String instance = "";
  private String pod = "";
  private String host = "";
  private String process = "";
  private String version = "";

  ResourceAttributes(Interner interner) {
    this.interner = interner;
  }

  void clear() {
    service = "";
    instance = "";
    pod = "";
    host = "";
    process = "";
    version = "";
  }

  void set(String key, String value) {
    switch (key) {
      case "service.name" -> service = value;
      case "service.instance.id" -> instance = value;
      case "service.version" -> version = value;
      case "k8s.pod.name" -> pod = value;
      case "host.name" -> host = value;
      case "process.pid" -> process = value;
      default -> {}
    }
  }

  Resource toResource() {
    return interner.intern(
        new Resource(service.isEmpty() ? UNKNOWN_SERVICE : service, instance(), version));
  }

  private String instance() {
    if (!instance.isEmpty()) {
      return instance;
    }
    if (!pod.isEmpty()) {
      return pod;
    }
    return host.isEmpty() || process.isEmpty() ? host + process : host + ":" + process;
  }
}
