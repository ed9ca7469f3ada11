package headroom.plan.draft;

import org.jspecify.annotations.Nullable;

/**
 * How a plan is drafted.
 *
 * @param target where it is to run; absent for where the source says
 * @param keepSecrets whether passwords and tokens are copied into the plan
 * @param readsOnly whether requests that change something are left out
 */
public record DraftOptions(@Nullable String target, boolean keepSecrets, boolean readsOnly) {
  /** Where the source says, without its secrets, with everything it does. */
  public static final DraftOptions DEFAULT = new DraftOptions(null, false, false);
}
