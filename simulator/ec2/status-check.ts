import type { Instance } from './instance';

/** A metric of the status checks: 1 or 0. No data comes from checks that have found nothing yet, nor of other metrics. */
export function statusCheck(name: string, { failing, checks }: Instance): number | undefined {
  if (checks === 'initializing' && !failing) return undefined;
  switch (name) {
    case 'StatusCheckFailed':
      return failing ? 1 : 0;
    case 'StatusCheckFailed_Instance':
      return failing?.kind === 'instance' ? 1 : 0;
    case 'StatusCheckFailed_System':
      return failing?.kind === 'system' ? 1 : 0;
    case 'StatusCheckFailed_AttachedEBS':
      return 0;
    default:
      return undefined;
  }
}
