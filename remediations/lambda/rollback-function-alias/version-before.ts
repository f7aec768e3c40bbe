import type { EpochMillis } from '../../../signals/signal';
import type { Calls } from '../../../vitals/aws';
import type { Alias } from '../../../vitals/lambda/alias';
import { readServedVersions, servedReads, type ServedVersion } from '../../../vitals/lambda/served-versions';

const minute = 60_000;

/** How long before the deployment something is looked for that has served by the name of the alias. */
const lookBack = 24 * 60 * minute;

/**
 * The version that an alias led to before its latest deployment, if that may have made it sick; or why there is none. Lambda does
 * not say where an alias has led: what counts is which versions were invoked by its name, and how they fared.
 */
export async function versionBefore(
  alias: Alias,
  { sickSince, withinMinutes }: { readonly sickSince: EpochMillis; readonly withinMinutes: number },
  aws: Calls<(typeof servedReads)[number]>,
): Promise<ServedVersion | { readonly refused: string }> {
  const { id, version } = alias;
  const served = await readServedVersions(alias, sickSince - withinMinutes * minute - lookBack, aws);
  const present = served.find((one) => one.version === version);
  if (!present) {
    return { refused: `version ${version} was never invoked by the name of ${id}: nothing says that it is at fault` };
  }
  if (present.firstAt < sickSince - withinMinutes * minute) {
    const told = `${id} was switched to version ${version} more than ${withinMinutes} minutes before it fell sick`;
    return { refused: `${told}: that is not the cause` };
  }
  if (present.firstAt > sickSince) {
    return { refused: `${id} was switched to version ${version} after it fell sick: that is not the cause` };
  }
  const before = served
    .filter((one) => one !== present && one.firstAt < present.firstAt)
    .reduce<ServedVersion | undefined>((last, one) => (last && last.lastAt >= one.lastAt ? last : one), undefined);
  if (!before) {
    return { refused: `no other version that still exists was invoked by the name of ${id} in the day before` };
  }
  if (failing(before) > 0 && failing(before) >= failing(present)) {
    const told = `version ${before.version}, which ${id} led to before, failed in ${percent(before)}`;
    return { refused: `${told} of its invocations, and version ${version} in ${percent(present)}` };
  }
  return before;
}

function failing({ errors, invocations }: ServedVersion): number {
  return errors / invocations;
}

function percent(served: ServedVersion): string {
  return `${Math.round(failing(served) * 100)}%`;
}
