import { isStuck, stuckAfterMinutes, type Instance } from '../../../vitals/ec2/instance';
import type { Check } from '../../remediation';
import type { Plan } from '../stop-start-instance';

type Phase = 'untouched' | 'stopping' | 'stuck' | 'stopped' | 'started again' | 'lost';

/** How far it has come, by its state alone. */
export function phaseOf(instance: Instance, plan: Plan, now: number): Phase {
  switch (instance.state) {
    case 'running':
      return instance.launchedAt === plan.launchedAt ? 'untouched' : 'started again';
    case 'pending':
      return 'started again';
    case 'stopping':
      return isStuck(instance, now) ? 'stuck' : 'stopping';
    case 'stopped':
      return 'stopped';
    default:
      return 'lost';
  }
}

export function stuck({ id }: Instance): string {
  return (
    `${id} has been stopping for more than ${stuckAfterMinutes} minutes and is DOWN; ` +
    'a forced stop can corrupt its data, so a person decides (or the policy, by force: true)'
  );
}

export function progressOf(instance: Instance): Check {
  const { id, state, system, guest } = instance;
  if (passes(instance)) return { kind: 'done', detail: `${id} runs on another host and passes both status checks` };
  const failing = [system, guest].some(({ status }) => status === 'impaired');
  return state === 'running' && failing
    ? { kind: 'failed', detail: `${id} was started on another host and fails its status checks there as well` }
    : { kind: 'pending', detail: `${id} is ${state} on another host; its checks have not passed yet` };
}

function passes({ state, system, guest }: Instance): boolean {
  return state === 'running' && system.status === 'ok' && guest.status === 'ok';
}

export function isWell(instance: Instance): boolean {
  return passes(instance) && instance.scheduled.length === 0;
}
