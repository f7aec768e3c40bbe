import { readStates } from '../../../vitals/route53/routing-controls';
import { isDenied, isNotFound } from '../../aws-fault';
import type { Describing } from './describer';
import { type Found, oneByOne } from './one-by-one';

/** Routing controls that the policy names, each by its ARN, as the first endpoint of their cluster that answers tells them. */
export const recoveryClusters = oneByOne(foundOf);

async function foundOf(of: string, { aws, redaction, byPolicy }: Describing): Promise<Found | undefined> {
  const endpoints = byPolicy.endpoints.get(of) ?? [];
  try {
    const { states } = await readStates([of], endpoints, { ...aws, now: () => 0 });
    const controls = [{ arn: redaction.name(of), state: states[of] }];
    return { entry: { of, item: { controls }, notes: ['its safety rules'] }, leads: [] };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    // No event has named it: the rest of the recording does not wait for it. What AWS says may name whoever asks.
    const why = isDenied(error)
      ? 'you may not ask how it stands'
      : 'no endpoint that the policy names tells how it stands';
    return { entry: { of, item: {}, notes: [why] }, leads: [] };
  }
}
