/** What Headroom asks of Prometheus and of pages of metrics, over HTTP. */
@NullMarked
package headroom.cli.prometheus;

import org.jspecify.annotations.NullMarked;
