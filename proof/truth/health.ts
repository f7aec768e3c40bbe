import type { SimulatedAccount } from '../../simulator/world';

/** Conditions whose truth is that of an instance, and the sicknesses that they tell of. */
const ofInstances: Readonly<Record<string, readonly string[]>> = {
  'ec2-instance-impaired': ['instance'],
  'ec2-host-impaired': ['system'],
};

/** Whether it really is sick now; undefined where a trial does not know. */
export function isSick(account: SimulatedAccount, condition: string, id: string): boolean | undefined {
  const { ec2, autoscaling } = account.services;
  const kinds = ofInstances[condition];
  if (kinds) {
    const instance = ec2.instance(id);
    return instance?.power === 'running' && [...instance.sicknesses.keys()].some((kind) => kinds.includes(kind));
  }
  if (condition === 'group-overloaded') {
    const group = autoscaling.group(id);
    return group?.load === undefined || group.serving === 0 ? undefined : group.load / group.serving > 80;
  }
  return undefined;
}
