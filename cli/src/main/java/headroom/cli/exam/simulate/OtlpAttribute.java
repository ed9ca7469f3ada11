package headroom.cli.exam.simulate;

/** One attribute of a resource, span or data point. */
record OtlpAttribute(String key, String value) {}
