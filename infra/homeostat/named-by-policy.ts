import type { WritePermission } from '../../remediations/remediation';
import { arnsIn, type Place } from './statements';
import type { UsedRemediation } from './used-remediations';

/**
 * What a permission comes to whose resources the parameters of the policy name: those, each by its ARN, or by the name that
 * stands for the last `*` of the declared one. Undefined for a permission of which parameters say nothing.
 */
export function namedByPolicy(
  { on, namedIn }: WritePermission,
  { rungs }: UsedRemediation,
  place: Place,
): readonly string[] | undefined {
  if (!namedIn) return undefined;
  const names = rungs.flatMap(({ parameters }) => namedIn.flatMap((parameter) => texts(parameters[parameter])));
  const arns = names.map((name) => (name.startsWith('arn:') ? name : on.replace(/\*$/, name)));
  return [...new Set(arns.flatMap((arn) => arnsIn(place, arn)))];
}

function texts(value: unknown): readonly string[] {
  return [value].flat().filter((one): one is string => typeof one === 'string');
}
