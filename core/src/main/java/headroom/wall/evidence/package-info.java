/**
 * What a history tells of a system before anything is scaled up: its stations and how busy they
 * were, its traffic, the demand of requests, jobs, response times.
 */
@NullMarked
package headroom.wall.evidence;

import org.jspecify.annotations.NullMarked;
