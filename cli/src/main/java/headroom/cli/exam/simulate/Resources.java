package headroom.cli.exam.simulate;

import headroom.sim.VirtualSystem;
import headroom.sim.WorkChange;
import java.util.ArrayList;
import java.util.List;

/** Who sends: the service's instances, whose version rises with each deploy, and other machines. */
record Resources(VirtualSystem system) {
  /** The sender at a moment of virtual time. */
  List<OtlpAttribute> of(String service, String instance, double seconds) {
    List<OtlpAttribute> attributes = new ArrayList<>();
    attributes.add(new OtlpAttribute("service.name", service));
    if (!instance.isEmpty()) {
      attributes.add(new OtlpAttribute("service.instance.id", instance));
    }
    if (service.equals(system.service())) {
      attributes.add(new OtlpAttribute("service.version", version(seconds)));
    }
    return attributes;
  }

  /** One more than the deploys until then. */
  String version(double seconds) {
    long deploys =
        system.changes().stream()
            .filter(WorkChange::deploy)
            .filter(change -> change.atSeconds() <= seconds)
            .count();
    return "1." + deploys;
  }
}
