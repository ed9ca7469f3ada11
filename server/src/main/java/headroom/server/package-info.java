/** The server as a whole: its three ports, who may use them, and the files of the web page. */
@NullMarked
package headroom.server;

import org.jspecify.annotations.NullMarked;
