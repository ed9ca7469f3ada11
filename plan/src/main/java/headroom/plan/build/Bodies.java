package headroom.plan.build;

import headroom.plan.Step.Body;
import headroom.plan.Template;
import headroom.plan.Template.Escape;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the contents of requests in the formats of the web. */
public final class Bodies {
  public static final String FORM = "application/x-www-form-urlencoded";
  private static final String BOUNDARY = "headroom-7d0e3f5b9c1a";

  /** Above this a file does not belong into the memory of a load generator. */
  private static final long MOST_BYTES = 64L << 20;

  private Bodies() {}

  /** A part of a multipart body; a filename makes a file of it. */
  public record Part(
      String name, Optional<String> filename, Optional<String> contentType, Template content) {}

  /** Fields and their values, percent-encoded; variables are when they are known. */
  public static Body form(Map<String, String> fields) {
    Template all = Template.literal("");
    for (Map.Entry<String, String> field : fields.entrySet()) {
      String separator = all.parts().isEmpty() ? "" : "&";
      all =
          all.plus(Template.literal(separator + encode(field.getKey()) + "="))
              .plus(encoded(Template.parse(field.getValue(), Escape.PERCENT)));
    }
    return new Body(FORM, all);
  }

  private static Template encoded(Template template) {
    Template all = Template.literal("");
    for (Template.Part part : template.parts()) {
      all =
          all.plus(
              switch (part) {
                case Template.Literal literal -> Template.literal(encode(literal.text()));
                case Template.Variable variable -> new Template(List.of(variable));
                case Template.Raw raw -> new Template(List.of(raw));
              });
    }
    return all;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Parts of a form, files among them; RFC 7578. */
  public static Body multipart(List<Part> parts) {
    Template all = Template.literal("");
    for (Part part : parts) {
      String head =
          "--"
              + BOUNDARY
              + "\r\ncontent-disposition: form-data; name=\""
              + quoted(part.name())
              + "\""
              + part.filename().map(f -> "; filename=\"" + quoted(f) + "\"").orElse("")
              + part.contentType().map(t -> "\r\ncontent-type: " + quoted(t)).orElse("")
              + "\r\n\r\n";
      all = all.plus(Template.literal(head)).plus(part.content()).plus(Template.literal("\r\n"));
    }
    return new Body(
        "multipart/form-data; boundary=" + BOUNDARY,
        all.plus(Template.literal("--" + BOUNDARY + "--\r\n")));
  }

  private static String quoted(String text) {
    return text.replaceAll("[\"\r\n]", "_");
  }

  /**
   * The bytes of a file, as they are.
   *
   * @throws IllegalArgumentException when it cannot be read or is too long to be kept
   */
  public static Template file(Path file) {
    try {
      long size = Files.size(file);
      if (size > MOST_BYTES) {
        throw new IllegalArgumentException(
            "a file to send must be at most %d bytes, %s has %d".formatted(MOST_BYTES, file, size));
      }
      String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return new Template(List.of(new Template.Raw(bytes)));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
