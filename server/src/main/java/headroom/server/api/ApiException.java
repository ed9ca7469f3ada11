package headroom.server.api;

import com.linecorp.armeria.common.HttpStatus;

/** A request that cannot be answered: what is wrong, and what to do next. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient HttpStatus status;
  private final String next;

  ApiException(HttpStatus status, String message, String next) {
    super(message);
    this.status = status;
    this.next = next;
  }

  static ApiException badRequest(String message, String next) {
    return new ApiException(HttpStatus.BAD_REQUEST, message, next);
  }

  HttpStatus status() {
    return status;
  }

  String next() {
    return next;
  }
}
