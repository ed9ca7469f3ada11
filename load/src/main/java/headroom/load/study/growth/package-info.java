/** Data that grow while the load runs, and what becomes of latency and capacity by that. */
@NullMarked
package headroom.load.study.growth;

import org.jspecify.annotations.NullMarked;
