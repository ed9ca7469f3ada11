/** Seeded property tests and small helpers shared by the tests of every module. */
@NullMarked
package headroom.testkit;

import org.jspecify.annotations.NullMarked;
