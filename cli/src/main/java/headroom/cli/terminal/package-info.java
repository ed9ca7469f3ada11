/** What a user sees: lines, tables, progress, figures, and what went wrong with what to do next. */
@NullMarked
package headroom.cli.terminal;

import org.jspecify.annotations.NullMarked;
